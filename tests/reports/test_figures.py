"""Each figure has one definition: its value is what its rows hold, for the school, a campaign and a college."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import Sum

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College
from partnerships.choices.agreements import AgreementState, CommitmentState, Side
from reports.figures.catalogue import FIGURES, value_of
from reports.figures.scope import Scope
from reports.figures.value import Value
from tests.factories.accounts import MajorFactory, person, student
from tests.factories.partnerships import AgreementFactory, CommitmentFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import CampaignFactory, OutcomeFactory, TripFactory, VisitFactory
from tests.reports.world import DAY, ON, one_of_everything
from visits.choices import Direction, Measure, ParticipantPart, VisitState
from visits.models.campaigns import Campaign, ReportedTotal
from visits.models.visits import Participant

pytestmark = pytest.mark.django_db

OF_TWO_VISITS = {
    "visits": Value(2),
    "visits-outgoing": Value(2),
    "visits-incoming": Value(0),
    "visits-on-site": Value(2),
    "visits-online": Value(0),
    "enterprises-visited": Value(2),
    "enterprises-in-province": Value(0, 2),
    "new-enterprises": Value(2, 2),
    "provinces-visited": Value(1),
    "visits-without-report": Value(0, 2),
    "visits-without-evidence": Value(0, 2),
    "visits-without-host": Value(0, 2),
    "visits-without-credit-code": Value(2, 2),
    "visits-without-outcomes": Value(0, 2),
    "visits-not-checked": Value(2, 2),
    "visits-without-word": Value(0),
    "visits-reported-late": Value(0),
    "openings": Value(30),
    "posts-offered": Value(10),
    "internships-offered": Value(20),
    "posts-published": Value(0),
    "posts-applied": Value(0),
    "posts-used": Value(0, 10),
    "internships-used": Value(2, 20),
    "leaders-who-visited": Value(1),
    "person-times": Value(2),
    "enterprise-participants": Value(2),
    "follow-ups-open": Value(2, 2),
    "demand-reports": Value(2),
    "intentions": Value(2),
    "cohorts-spoken-of": Value(1),
    "campus-recruitments": Value(0),
    "trips": Value(0),
    "trip-days": Value(0),
    "agreements-in-force": Value(2),
    "agreements-expiring": Value(0, 2),
    "agreements-by-state": Value(2),
    "agreements-signed": Value(2),
    "agreements-from-visits": Value(2),
    "practice-bases": Value(2),
    "promises-kept": Value(2, 2),
    "enterprises": Value(2, stale=2),
    "enterprises-stale": Value(2, 2),
    "contacts": Value(0, stale=0),
    "contacts-stale": Value(0, 0),
    "needs-open": Value(0, stale=0),
    "needs-people": Value(0),
    "needs-stale": Value(0, 0),
    "investment-promised": Value(0),
    "investment-received": Value(0),
    "programmes": Value(0),
    "trained-by-programmes": Value(0),
    "trained-by-industry-colleges": Value(0),
    "mentors": Value(0),
    "postings-open": Value(2),
    "places-open": Value(6),
    "postings-from-visits": Value(2),
    "applications": Value(2),
    "acceptances": Value(2, 2),
    "students": Value(2),
    "students-applied": Value(2, 2),
    "events": Value(2),
    "communities": Value(0),
    "communities-chaired": Value(0, 0),
    "member-units": Value(0),
    "member-provinces": Value(0),
    "organisations-present": Value(0),
    "provinces-present": Value(0),
    "plaques": Value(0),
    "follow-ups-late": Value(2),
    "promises-overdue": Value(0),
    "agreements-under-way": Value(0),
    "postings-in-review": Value(0),
    "applications-unanswered": Value(0, 2),
    "files-without-code": Value(2, 2),
    "files-without-industry": Value(0, 2),
    "files-without-province": Value(0, 2),
    "files-without-owner": Value(2, 2),
    "files-without-contact": Value(2, 2),
    "agreements-without-end": Value(0, 2),
    "agreements-without-owner": Value(0, 2),
    "agreements-without-day": Value(0, 2),
    "promises-without-evidence": Value(2, 2),
    "files-with-wrong-code": Value(0, 2),
    "files-in-two-places": Value(0, 2),
    "agreements-before-signing": Value(2, 2),
    "visits-outside-campaign": Value(0, 2),
    "visits-outside-trip": Value(0, 2),
    "postings-overfilled": Value(0),
    "postings-of-archived": Value(0),
    "files-twice": Value(0),
    "contacts-twice": Value(0),
    "visits-twice": Value(0, 2),
    "promises": Value(2),
    "promises-due": Value(2),
    "students-wishing": Value(0),
    "partners": Value(2),
    "partners-rose": Value(2),
    "partners-fell": Value(0),
    "partners-level-differs": Value(0),
    "visits-with-need": Value(0, 2),
    "visits-with-agreement": Value(2, 2),
    "visits-with-promise": Value(2, 2),
    "visits-with-posting": Value(2, 2),
    "visits-without-result": Value(0, 2),
    "needs-from-visits": Value(0),
    "promises-from-visits": Value(2),
    "agreements-with-programme": Value(0, 2),
    "agreements-with-posting": Value(2, 2),
    "agreements-without-result": Value(0, 2),
    "postings-with-application": Value(2, 2),
    "postings-without-application": Value(0, 2),
    "applications-from-visits": Value(2),
}


def of(user: User | None, campaign: Campaign | None = None) -> Scope:
    return Scope(campaign, ON, user)


def test_every_figure_is_tested_with_its_exact_value():
    assert set(OF_TWO_VISITS) == set(FIGURES)


@pytest.mark.parametrize("slug", FIGURES)
def test_the_value_is_what_the_rows_hold(officer: User, slug: str):
    world = one_of_everything(2)
    figure = FIGURES[slug]
    scope = of(officer, world.campaign)

    rows = figure.rows(scope)

    held = rows.aggregate(held=Sum(figure.sums))["held"] or 0 if figure.sums else len(rows)
    assert figure.value(scope) == OF_TWO_VISITS[slug]
    assert held == OF_TWO_VISITS[slug].number


@pytest.mark.parametrize("slug", FIGURES)
def test_each_row_of_a_figure_can_be_shown(officer: User, slug: str):
    world = one_of_everything(1)
    figure = FIGURES[slug]

    for row in figure.page_rows(of(officer, world.campaign)):
        assert len([column.of(row) for column in figure.columns]) == len(figure.columns)
        assert figure.href(row).startswith("/") or not figure.link


@pytest.mark.parametrize("slug", [slug for slug, figure in FIGURES.items() if figure.is_of_campaign])
def test_another_campaign_counts_nothing_of_this_one(officer: User, slug: str):
    one_of_everything(2)
    other = CampaignFactory(starts_on=date(2024, 9, 1), ends_on=date(2025, 8, 31), class_of=2025)

    assert value_of(slug, of(officer, other)).number == 0


@pytest.mark.parametrize("slug", FIGURES)
def test_a_student_counts_nothing(slug: str):
    world = one_of_everything(1)
    outsider = student(major=MajorFactory())

    assert value_of(slug, of(outsider, world.campaign)).number == 0


def test_planned_and_cancelled_visits_are_none(officer: User):
    campaign = CampaignFactory()
    for state in VisitState:
        VisitFactory(state=state).campaigns.add(campaign)

    assert value_of("visits", of(officer, campaign)) == Value(3)


def test_two_visits_to_one_enterprise_count_it_once(officer: User):
    enterprise = EnterpriseFactory()
    VisitFactory.create_batch(2, enterprise=enterprise, state=VisitState.HELD)

    assert value_of("visits", of(officer)) == Value(2)
    assert value_of("enterprises-visited", of(officer)) == Value(1)


def test_an_enterprise_visited_before_the_campaign_is_not_new(officer: User):
    world = one_of_everything(1)
    known = VisitFactory(state=VisitState.HELD, starts_on=DAY)
    known.campaigns.add(world.campaign)
    VisitFactory(enterprise=known.enterprise, state=VisitState.CHECKED, starts_on=DAY - timedelta(days=400))

    assert value_of("new-enterprises", of(officer, world.campaign)) == Value(1, 2)


def test_a_person_who_led_three_visits_is_one_leader(officer: User):
    world = one_of_everything(3)
    guest = VisitFactory(state=VisitState.HELD)
    guest.campaigns.add(world.campaign)
    Participant.objects.create(visit=guest, side=Side.SCHOOL, name="周明", part=ParticipantPart.LEADS)
    Participant.objects.create(visit=guest, side=Side.ENTERPRISE, name="吴总", part=ParticipantPart.LEADS)

    assert value_of("leaders-who-visited", of(officer, world.campaign)) == Value(2)


def test_who_did_not_come_is_no_participant(officer: User):
    world = one_of_everything(1)
    Participant.objects.create(visit=world.visits[0], side=Side.SCHOOL, name="未到", was_present=False)

    assert value_of("person-times", of(officer, world.campaign)) == Value(1)


def test_visits_led_by_a_role_are_those_whose_leader_held_it_that_day(officer: User):
    world = one_of_everything(2)
    clerk = person(Role.COLLEGE, college=MajorFactory().college)
    one_of_everything(1, campaign=world.campaign, leader=clerk)
    scope = replace(of(officer, world.campaign), led_by=Role.LEADER.value)

    assert value_of("visits", of(officer, world.campaign)) == Value(3)
    assert value_of("visits", scope) == Value(2)
    world.leader.role_grants.update(starts_on=DAY + timedelta(days=1))
    assert FIGURES["visits"].rows(scope).count() == 0


def test_a_province_narrows_value_and_rows_alike(officer: User):
    world = one_of_everything(2)
    jiangsu = ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    away = VisitFactory(enterprise=EnterpriseFactory(province=jiangsu), state=VisitState.HELD)
    away.campaigns.add(world.campaign)
    scope = replace(of(officer, world.campaign), province="32")

    assert value_of("visits", scope) == Value(1)
    assert [row.pk for row in FIGURES["visits"].rows(scope)] == [away.pk]
    assert value_of("enterprises-visited", scope) == Value(1)


def test_a_total_that_a_source_states_stands_beside_the_rows_and_is_never_added(officer: User):
    world = one_of_everything(1)
    ReportedTotal.objects.create(campaign=world.campaign, measure=Measure.ENTERPRISES, number=219, source="Press")

    value = value_of("enterprises-visited", of(officer, world.campaign))

    assert value == Value(219, on_file=1, source="Press")
    assert str(value) == "219 reported · 1 on file"


def test_a_trip_has_its_own_days_and_its_own_reported_total(officer: User):
    trip = TripFactory()
    stop = VisitFactory(trip=trip, state=VisitState.HELD)
    OutcomeFactory(visit=stop)
    VisitFactory(state=VisitState.HELD)
    ReportedTotal.objects.create(trip=trip, measure=Measure.OPENINGS, number=300, is_minimum=True)
    scope = replace(of(officer), trip=trip)

    assert value_of("trip-days", scope) == Value(4)
    assert value_of("visits", scope) == Value(1)
    assert str(value_of("openings", scope)) == "300+ reported · 15 on file"


def test_incoming_and_outgoing_are_told_apart(officer: User):
    VisitFactory(state=VisitState.HELD, direction=Direction.INCOMING)
    VisitFactory.create_batch(2, state=VisitState.HELD)

    assert value_of("visits-incoming", of(officer)) == Value(1)
    assert value_of("visits-outgoing", of(officer)) == Value(2)


def test_agreements_by_state_follow_the_dates(officer: User):
    AgreementFactory(state=AgreementState.SIGNED, ends_on=ON + timedelta(days=30))
    AgreementFactory(state=AgreementState.SIGNED, ends_on=ON - timedelta(days=1))
    AgreementFactory(state=AgreementState.SIGNED, ends_on=ON + timedelta(days=30), renews_itself=True)
    AgreementFactory(state=AgreementState.DRAFT)

    assert value_of("agreements-by-state", of(officer)) == Value(4)
    assert value_of("agreements-by-state", replace(of(officer), part="expired")) == Value(1)
    assert value_of("agreements-in-force", of(officer)) == Value(2)
    assert value_of("agreements-expiring", of(officer)) == Value(1, 2)


def test_a_promise_is_due_when_closed_or_past_its_day(officer: User):
    CommitmentFactory(state=CommitmentState.KEPT)
    CommitmentFactory(state=CommitmentState.NOT_KEPT)
    CommitmentFactory(state=CommitmentState.OPEN, due_on=ON - timedelta(days=1))
    CommitmentFactory(state=CommitmentState.OPEN, due_on=ON)

    assert str(value_of("promises-kept", of(officer))) == "1 of 3"


@pytest.mark.parametrize("slug", ["agreements-in-force", "agreements-signed", "agreements-by-state", "promises-kept"])
def test_college_staff_count_agreements_of_their_college_and_of_the_whole_school(
    college_staff: User, college: College, officer: User, slug: str
):
    for colleges in ([college], [], [MajorFactory().college]):
        agreement = AgreementFactory(state=AgreementState.SIGNED, signed_on=ON)
        agreement.colleges.set(colleges)
        CommitmentFactory(agreement=agreement, enterprise=agreement.enterprise, state=CommitmentState.KEPT)

    assert value_of(slug, of(officer)).number == 3
    assert value_of(slug, of(college_staff)).number == 2
    assert FIGURES[slug].rows(of(college_staff)).count() == 2


@pytest.mark.parametrize("slug", ["applications", "students-applied"])
def test_college_staff_count_applications_of_their_students_leadership_all(
    college_staff: User, college: College, leader: User, slug: str
):
    ApplicationFactory(student=student(major=MajorFactory(college=college)))
    ApplicationFactory.create_batch(2)

    assert value_of(slug, of(college_staff)).number == 1
    assert value_of(slug, of(leader)).number == 3


def test_drafts_that_a_visit_led_to_are_not_yet_postings(officer: User):
    world = one_of_everything(1)
    world.visits[0].postings.add(PostingFactory(state="draft"))

    assert value_of("postings-from-visits", of(officer, world.campaign)) == Value(1)


def test_a_shared_count_is_asked_once(officer: User, django_assert_num_queries):
    world = one_of_everything(1)
    scope = of(officer, world.campaign)
    assert officer.is_school_staff

    with django_assert_num_queries(2):  # applications, acceptances of them
        value_of("applications", scope)
        assert value_of("acceptances", scope) == Value(1, 1)
