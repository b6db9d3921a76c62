"""The parties of an agreement: how they join, change letters and leave, and where they are counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from agreements.services import agreements, parties
from core.errors import RuleBroken, StaleEdit
from partnerships.choices.agreements import AgreementState, PartyRole
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import AgreementParty
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.enterprise_list import enterprise_rows, with_facts
from partnerships.services.merging import merge_enterprises
from partnerships.services.unmerging import undo_merge
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory, signed_agreement

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    """Refusals are read in English, whatever the portal's own language."""
    with translation.override("en"):
        yield


def lines(agreement):
    return [(party.place, str(party), party.role) for party in agreement.parties.all()]


def join(agreement, officer, **who):
    return parties.add_party(agreement, by=officer, at=NOW, **who)


def test_a_party_joins_as_the_last_one_and_every_enterprise_hears_of_it(officer):
    agreement = AgreementFactory(enterprise__name_en="First")
    second = EnterpriseFactory(name_en="Second")

    join(agreement, officer, enterprise=second, role=PartyRole.FUNDER)
    join(agreement, officer, name="  高坪区  人民政府 ", role=PartyRole.SUPPORTER)

    assert lines(agreement) == [
        (1, "Our school", "lead"),
        (2, "First", "partner"),
        (3, "Second", "funder"),
        (4, "高坪区 人民政府", "supporter"),
    ]
    told = TimelineEntry.objects.filter(kind=TimelineKind.AGREEMENT_CHANGED).order_by("pk")
    assert [entry.enterprise for entry in told] == [agreement.enterprise, second] * 2
    assert told[0].changes[0]["field"] == "parties"
    agreement.refresh_from_db()
    assert agreement.version == 3


def test_an_entry_about_a_move_stands_on_the_timeline_of_each_enterprise(officer):
    agreement, second = AgreementFactory(), EnterpriseFactory()
    join(agreement, officer, enterprise=second)

    agreements.move_agreement(agreement, AgreementState.ENDED, by=officer, at=NOW, note="停")

    moved = TimelineEntry.objects.filter(kind=TimelineKind.AGREEMENT_MOVED, detail="ended")
    assert {entry.enterprise for entry in moved} == {agreement.enterprise, second}


@pytest.mark.parametrize("way", ["file", "name"])
def test_a_party_joins_once(officer, way):
    agreement = AgreementFactory(enterprise__legal_name="启明科技")
    who = {"enterprise": agreement.enterprise} if way == "file" else {"name": "启明科技"}

    with pytest.raises(RuleBroken, match="is a party of this agreement already") as refused:
        join(agreement, officer, **who)

    assert refused.value.field == "unit"
    assert agreement.parties.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementParty.objects.create(agreement=agreement, place=3, enterprise=agreement.enterprise)


def test_the_first_enterprise_by_its_letter_is_the_one_that_the_agreement_is_filed_under(officer):
    agreement, second = AgreementFactory(), EnterpriseFactory()
    first = agreement.enterprise
    added = join(agreement, officer, enterprise=second)

    parties.move_up(agreement, added.pk, version=2, by=officer, at=NOW)

    agreement.refresh_from_db()
    assert (agreement.enterprise, [party.enterprise for party in agreement.parties.all()]) == (
        second,
        [None, second, first],
    )
    parties.remove_party(agreement, added.pk, version=3, by=officer, at=NOW)
    agreement.refresh_from_db()
    assert (agreement.enterprise, agreement.parties.count()) == (first, 2)
    assert TimelineEntry.objects.filter(enterprise=second).count() == 3


def test_a_role_is_changed_and_told(officer):
    agreement = AgreementFactory()
    party = agreement.parties.get(place=2)

    parties.change_role(agreement, party.pk, role=PartyRole.HOST, version=1, by=officer, at=NOW)

    party.refresh_from_db()
    assert party.role == PartyRole.HOST
    assert [change["field"] for change in TimelineEntry.objects.get().changes] == ["role"]


def test_what_must_stay_stays(officer, leader):
    agreement = AgreementFactory()
    school, only = agreement.parties.all()
    signed = signed_agreement()
    told = "settled after the draft"

    for act, error, words in [
        (lambda: parties.remove_party(agreement, school.pk, version=1, by=officer, at=NOW), RuleBroken, "The school"),
        (lambda: parties.remove_party(agreement, only.pk, version=1, by=officer, at=NOW), RuleBroken, "one enterprise"),
        (lambda: parties.move_up(agreement, school.pk, version=1, by=officer, at=NOW), RuleBroken, "the first party"),
        (lambda: parties.remove_party(agreement, 0, version=1, by=officer, at=NOW), RuleBroken, "any more"),
        (lambda: parties.remove_party(agreement, only.pk, version=9, by=officer, at=NOW), StaleEdit, "Someone else"),
        (lambda: join(agreement, officer, name=" "), RuleBroken, "Say which"),
        (lambda: join(agreement, leader, name="甲"), PermissionDenied, "Only the employment"),
        (lambda: join(signed, officer, name="甲"), RuleBroken, told),
    ]:
        with pytest.raises(error, match=words):
            act()

    assert agreement.parties.count() == signed.parties.count() == 2
    agreement.refresh_from_db()
    assert agreement.version == 1
    assert not TimelineEntry.objects.exists()


def test_eight_parties_are_the_most(officer):
    agreement = AgreementFactory()
    for number in range(6):
        join(agreement, officer, name=f"第{number}单位")

    with pytest.raises(RuleBroken, match="at most 8 parties"):
        join(agreement, officer, name="第七单位")

    assert [party.label for party in agreement.parties.all()][-1] == "Party H"


def test_an_agreement_counts_for_every_enterprise_among_its_parties(client, officer):
    today = timezone.localdate()
    agreement = signed_agreement(starts_on=date(2020, 1, 1), ends_on=today + timedelta(days=20))
    second, other = EnterpriseFactory(), EnterpriseFactory()
    AgreementParty.objects.create(agreement=agreement, place=3, enterprise=second)
    AgreementParty.objects.create(agreement=agreement, place=4, name="高坪区人民政府")
    both = {agreement.enterprise, second}
    client.force_login(officer)

    assert set(enterprise_rows(officer, {"agreement": "ending_30"}, on=today)) == both
    assert set(enterprise_rows(officer, {"agreement": "none"}, on=today)) == {other}
    facts = {row: row.agreements_in_force for row in with_facts(Enterprise.objects.all(), on=today)}
    assert facts == {agreement.enterprise: 1, second: 1, other: 0}
    for enterprise in both:
        tab = client.get(reverse("agreements:enterprise_agreements", args=[enterprise.pk]))
        assert list(tab.context["page"]) == [agreement]
        assert agreement.title in client.get(reverse("partnerships:enterprise", args=[enterprise.pk])).content.decode()


def test_two_files_that_are_both_parties_can_be_merged_and_parted(officer):
    agreement = signed_agreement()
    kept, gone = agreement.enterprise, EnterpriseFactory()
    AgreementParty.objects.create(agreement=agreement, place=3, enterprise=gone)
    elsewhere = signed_agreement(enterprise=gone)

    merge = merge_enterprises(kept, gone, taken=[], by=officer, at=NOW)

    assert [party.enterprise for party in agreement.parties.all()] == [None, kept, gone]
    elsewhere.refresh_from_db()
    assert (elsewhere.enterprise, elsewhere.enterprise_keys()) == (kept, {kept.pk})
    agreements.move_agreement(agreement, AgreementState.ENDED, by=officer, at=NOW, note="终止")
    moved = TimelineEntry.objects.filter(kind=TimelineKind.AGREEMENT_MOVED, detail="ended")
    assert [entry.enterprise for entry in moved] == [kept]

    undo_merge(merge, by=officer, at=NOW)

    elsewhere.refresh_from_db()
    assert (elsewhere.enterprise, elsewhere.enterprise_keys()) == (gone, {gone.pk})
    assert [party.enterprise for party in agreement.parties.all()] == [None, kept, gone]


def test_the_file_that_an_agreement_is_filed_under_may_be_the_one_that_goes(officer):
    agreement = AgreementFactory()
    gone, kept = agreement.enterprise, EnterpriseFactory()
    join(agreement, officer, enterprise=kept)

    merge_enterprises(kept, gone, taken=[], by=officer, at=NOW)

    agreement.refresh_from_db()
    assert agreement.enterprise == kept
    agreements.move_agreement(agreement, AgreementState.ENDED, by=officer, at=NOW, note="停")
    assert TimelineEntry.objects.filter(enterprise=kept, detail="ended").count() == 1
