"""A file costs the same queries for 1 row and for 5.

Session, person, roles, what the filters offer, the log twice, keys, rows, and one for each relation to many.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models.people import User
from exporting.models import Export
from imports.choices import ImportState
from imports.models import Import
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import Mentor
from partnerships.models.plaques import Plaque
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.community_work import CommunityFactory, MembershipFactory, RepresentativeFactory
from tests.factories.events import OpenEventFactory
from tests.factories.links import answered, asked_link
from tests.factories.notifications import LetterFactory
from tests.factories.partnerships import (
    CommitmentFactory,
    ContactFactory,
    EnterpriseFactory,
    FlagFactory,
    IndustryFactory,
    NatureFactory,
    NeedFactory,
    ProvinceFactory,
    signed_agreement,
)
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.programmes import InvestmentFactory, ProgrammeFactory
from tests.factories.surveys import survey_of
from tests.factories.visits import (
    CampaignFactory,
    FollowUpFactory,
    OutcomeFactory,
    TripFactory,
    led_visit,
    reported_visit,
)

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)


def enterprise() -> Enterprise:
    made = EnterpriseFactory(province=ProvinceFactory(), nature=NatureFactory(), industry=IndustryFactory())
    made.flags.set([FlagFactory()])
    ContactFactory(enterprise=made)
    return made


def need(by: User) -> None:
    NeedFactory(enterprise=enterprise(), owner=by).majors.set([MajorFactory()])


def agreement(by: User) -> None:
    made = signed_agreement(enterprise=enterprise(), owner=by, starts_on=DAY, signed_on=DAY)
    made.majors.set([MajorFactory()])
    made.enterprise_owner = ContactFactory(enterprise=made.enterprise)
    made.save()


def promise(by: User) -> None:
    CommitmentFactory(agreement=signed_agreement(owner=by, enterprise=enterprise()))


def posting(by: User) -> None:
    PostingFactory(enterprise=enterprise(), province=ProvinceFactory()).majors.set([MajorFactory()])


def visit(by: User) -> None:
    OutcomeFactory(visit=led_visit(by, enterprise=enterprise()))


def report(by: User) -> None:
    OutcomeFactory(visit=reported_visit(enterprise=enterprise()))


def brought(by: User) -> None:
    Import.objects.create(name="a.xlsx", by=by, at=timezone.now(), state=ImportState.WRITTEN)


def mentor(by: User) -> None:
    made = Mentor.objects.create(enterprise=enterprise(), name="李工", title="总监")
    made.appointments.create(kind="industry", from_on=DAY, to_on=date(2030, 1, 1))


def member(by: User) -> None:
    RepresentativeFactory(membership=MembershipFactory(community=_community(), enterprise=enterprise()))


def _community() -> Any:
    return CommunityFactory(name="影视共同体")


def event(by: User) -> None:
    OpenEventFactory().enterprises.set([enterprise()])


def taken(by: User) -> None:
    Export.objects.create(
        by=by, at=timezone.now(), table="t", names={}, address="/", format="csv", columns=[], is_personal=False
    )


Build = Callable[[User], Any]
LISTS: dict[str, tuple[Build, int]] = {
    "exporting:export_list": (taken, 9),
    "partnerships:enterprise_list": (lambda by: enterprise(), 13),
    "partnerships:national_table": (agreement, 11),
    "partnerships:contact_list": (lambda by: ContactFactory(enterprise=enterprise(), known_by=by), 8),
    "partnerships:need_list": (need, 10),
    "partnerships:answer_list": (lambda by: answered(asked_link()), 8),
    "partnerships:proposal_list": (lambda by: answered(asked_link(), file={"city": "绵阳"}), 8),
    "agreements:agreement_list": (agreement, 11),
    "agreements:sleeping_agreements": (agreement, 7),
    "agreements:promise_list": (promise, 9),
    "programmes:programme_list": (lambda by: ProgrammeFactory(enterprise=enterprise(), owner=by), 10),
    "programmes:mentor_list": (mentor, 10),
    "programmes:plaque_list": (lambda by: Plaque.objects.create(awarded_to="甲", enterprise=enterprise()), 7),
    "programmes:investment_list": (lambda by: InvestmentFactory(enterprise=enterprise()), 8),
    "communities:community_list": (lambda by: MembershipFactory(community=CommunityFactory()), 7),
    "placements:posting_list": (posting, 9),
    "placements:application_list": (lambda by: ApplicationFactory(student=make_student()), 7),
    "events:event_list": (event, 8),
    "visits:visit_list": (visit, 9),
    "visits:check_list": (report, 14),
    "visits:campaign_list": (lambda by: CampaignFactory(), 8),
    "visits:follow_up_list": (lambda by: FollowUpFactory(visit=reported_visit(enterprise=enterprise()), owner=by), 10),
    "travel:trip_list": (lambda by: TripFactory(), 7),
    "travel:candidate_list": (lambda by: enterprise(), 9),
    "ledger:ledger": (visit, 13),
    "surveys:survey_list": (lambda by: survey_of(), 7),
    "notifications:log": (lambda by: LetterFactory(), 7),
    "imports:import_list": (brought, 7),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("rows", [1, 5])
def test_a_file_of_any_list_costs_the_same_for_any_number_of_rows(
    client, officer, name, rows, django_assert_num_queries, in_english
):
    build, queries = LISTS[name]
    for _ in range(rows):
        build(officer)
    client.force_login(officer)
    known = client.get(reverse(name), {"format": "choose"}).context["table"].columns
    Export.objects.filter(table=name).delete()

    with django_assert_num_queries(queries):
        content = client.get(reverse(name), {"format": "csv", "columns": list(known)}).getvalue()

    assert content
    assert Export.objects.get(table=name).rows >= rows
