"""What is wrong is found, counted for its college, and leads to where it is mended; what is right is left alone."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models.people import User
from accounts.models.school import College
from partnerships.choices.agreements import AgreementState, CommitmentState
from partnerships.choices.enterprises import CreditCodeState, MatchKind
from partnerships.models.agreements import Agreement
from partnerships.models.codes import Region
from partnerships.models.contacts import Contact
from partnerships.models.duplicates import Suspect
from partnerships.models.enterprises import Enterprise
from placements.choices import ApplicationState, PostingState
from reports.figures import doubles, quality
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import CampaignFactory, TripFactory, VisitFactory
from visits.choices import VisitState

pytestmark = pytest.mark.django_db

ON = date(2026, 12, 10)


def sound(looked_after_by: User, **fields: object) -> Enterprise:
    """A file with which nothing is wrong but what is named."""
    code = f"91370000MA3C{Enterprise.objects.count():06}"
    right = {"credit_code": code, "credit_code_state": CreditCodeState.VALID, "owner": looked_after_by}
    enterprise = EnterpriseFactory(**{**right, **fields})
    Contact.objects.create(enterprise=enterprise, name="李经理", phone="13800000000")
    return enterprise


def agreed(looked_after_by: User, **fields: object) -> Agreement:
    right = {
        "state": AgreementState.SIGNED, "owner": looked_after_by, "signed_on": date(2026, 1, 5),
        "starts_on": date(2026, 1, 5),
        "ends_on": date(2027, 1, 4), "enterprise": sound(looked_after_by),
    }  # fmt: skip
    return AgreementFactory(**{**right, **fields})


def _twin(owner: User) -> None:
    enterprise = sound(owner)
    for _number in range(2):
        VisitFactory(enterprise=enterprise, starts_on=date(2026, 11, 3), state=VisitState.HELD)


def _in_two_places(owner: User) -> None:
    sichuan = ProvinceFactory(code="510000", name_zh="四川省", name_en="Sichuan")
    jinan = Region.objects.create(
        code="370100", name_zh="济南市", name_en="Jinan", province=ProvinceFactory(code="370000", name_zh="山东省")
    )
    sound(owner, province=sichuan, region=jinan)


def _without_contact(owner: User) -> None:
    enterprise = sound(owner)
    Contact.objects.filter(enterprise=enterprise).update(to_on=date(2026, 1, 1))
    Contact.objects.create(enterprise=enterprise, name="无法联系")


def _outside_campaign(owner: User) -> None:
    campaign = CampaignFactory(starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31))
    VisitFactory(enterprise=sound(owner), state=VisitState.HELD, starts_on=date(2026, 8, 31)).campaigns.add(campaign)
    VisitFactory(enterprise=sound(owner), state=VisitState.HELD, starts_on=date(2026, 9, 1)).campaigns.add(campaign)


def _outside_trip(owner: User) -> None:
    trip = TripFactory(starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 4))
    for day in (3, 4, 5):
        VisitFactory(enterprise=sound(owner), state=VisitState.HELD, starts_on=date(2026, 11, day), trip=trip)


def _overfilled(owner: User) -> None:
    posting = PostingFactory(enterprise=sound(owner), headcount=1)
    for _number in range(2):
        ApplicationFactory(posting=posting, state=ApplicationState.ACCEPTED)
    ApplicationFactory(posting=PostingFactory(enterprise=sound(owner), headcount=1), state=ApplicationState.ACCEPTED)


def _of_archived(owner: User) -> None:
    gone = sound(owner, archived_at=timezone.now())
    PostingFactory(enterprise=gone, state=PostingState.PUBLISHED, closes_on=date(2027, 1, 1))
    PostingFactory(enterprise=gone, state=PostingState.CLOSED, closes_on=date(2027, 1, 1))


def _same_contact(owner: User) -> None:
    enterprise = sound(owner)
    Contact.objects.create(enterprise=enterprise, name="李经理", phone="13800000000")
    sound(owner)  # the same phone at another enterprise is nobody's double


def _same_enterprise(owner: User) -> None:
    first, second = sorted((sound(owner), sound(owner, credit_code="")), key=lambda file: file.pk)
    Suspect.objects.create(first=first, second=second, kind=MatchKind.SIMILAR, found_at=timezone.now())


def _kept(owner: User) -> None:
    agreement = agreed(owner)
    for evidence in ("", "签到表"):
        CommitmentFactory(
            enterprise=agreement.enterprise, agreement=agreement, state=CommitmentState.KEPT, evidence=evidence
        )


FAULTS: dict[str, tuple[Callable[[User], object], int]] = {
    "files-without-code": (lambda owner: sound(owner, credit_code="", credit_code_state="unverified"), 1),
    "files-without-industry": (lambda owner: sound(owner, industry=None), 1),
    "files-without-province": (lambda owner: sound(owner, province=None), 1),
    "files-without-owner": (lambda owner: sound(owner, owner=None), 1),
    "files-without-contact": (_without_contact, 1),
    "agreements-without-end": (lambda owner: agreed(owner, ends_on=None), 1),
    "agreements-without-owner": (lambda owner: agreed(owner, owner=None), 1),
    "agreements-without-day": (lambda owner: agreed(owner, signed_on=None), 1),
    "promises-without-evidence": (_kept, 1),
    "files-with-wrong-code": (lambda owner: sound(owner, credit_code="91X", credit_code_state="unverified"), 1),
    "files-in-two-places": (_in_two_places, 1),
    "agreements-before-signing": (lambda owner: agreed(owner, starts_on=date(2026, 1, 4)), 1),
    "visits-outside-campaign": (_outside_campaign, 1),
    "visits-outside-trip": (_outside_trip, 1),
    "postings-overfilled": (_overfilled, 1),
    "postings-of-archived": (_of_archived, 1),
    "files-twice": (_same_enterprise, 1),
    "contacts-twice": (_same_contact, 2),
    "visits-twice": (_twin, 2),
}


def found(slug: str) -> int:
    return FIGURES[slug].value(Scope(None, ON, None)).number


def test_every_fault_has_its_case():
    assert list(FAULTS) == [figure.slug for figure in (*quality.FIGURES, *doubles.FIGURES)]


@pytest.mark.parametrize("slug", FAULTS)
def test_a_fault_is_found_once_and_what_is_right_is_not(officer: User, slug: str):
    if slug not in ("files-twice", "contacts-twice"):
        agreed(officer)
    make, number = FAULTS[slug]
    assert found(slug) == 0

    make(officer)

    assert found(slug) == number


@pytest.mark.parametrize("slug", FAULTS)
def test_each_row_leads_to_where_it_is_mended(client: Client, admin: User, slug: str):
    FAULTS[slug][0](admin)
    client.force_login(admin)

    rows = client.get(f"/dashboard/{slug}/").context["rows"]

    assert rows
    for row in rows:
        assert client.get(row.fix or row.href).status_code == 200, row


def test_the_page_of_quality_counts_per_college_and_for_none(client: Client, officer: User, college: College):
    EnterpriseFactory(credit_code="").colleges.add(college)
    EnterpriseFactory(credit_code="")
    client.force_login(officer)

    content = client.get("/dashboards/quality/").context["content"]

    line = next(
        line for group in content["groups"] for line in group["lines"] if line["whole"]["slug"] == "files-without-code"
    )
    assert (line["whole"]["number"], line["whole"]["of"]) == (2, 2)
    assert [cell["number"] for cell in line["cells"]] == [1, 1]
