"""How far a campaign is: the same numbers as the definitions give, the day a target was reached, and the pace."""

from datetime import date, timedelta

import pytest

from accounts.choices import Role
from partnerships.choices.agreements import AgreementState, Side
from partnerships.models.codes import AgreementKind
from tests.factories.accounts import CollegeFactory, person
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory
from tests.factories.visits import (
    CampaignFactory,
    CampaignTargetFactory,
    IntentionFactory,
    OutcomeFactory,
    ParticipantFactory,
    VisitFactory,
    led_visit,
)
from visits import counting
from visits.choices import IntentionKind, IntentionState, Measure, VisitState
from visits.selectors.campaigns import campaign_page, campaign_with_parts
from visits.selectors.pace import pace
from visits.selectors.tally import tally

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 1)


def held(campaign, *, days=30, leader=None, **fields):
    """A visit of a campaign so many days after its first."""
    said = {"state": VisitState.HELD, "starts_on": None if days is None else FIRST + timedelta(days=days), **fields}
    visit = led_visit(leader, **said) if leader else VisitFactory(**said)
    visit.campaigns.add(campaign)
    return visit


def shown(campaign, user, today):
    return campaign_page(user, campaign_with_parts(user).get(pk=campaign.pk), on=today)


def test_person_times_are_everyone_of_the_school_who_was_there_once_for_each_visit(leader, officer):
    campaign = CampaignFactory()
    for visit in (held(campaign, leader=leader), held(campaign, leader=leader)):
        ParticipantFactory(visit=visit, side=Side.SCHOOL, name="随员")
        ParticipantFactory(visit=visit, side=Side.SCHOOL, user=officer, was_present=False)
        ParticipantFactory(visit=visit, side=Side.ENTERPRISE)
    ParticipantFactory(visit=held(campaign, state=VisitState.CANCELLED), side=Side.SCHOOL)

    visits = counting.counted_visits(campaign)
    assert counting.person_times(visits).count() == 4


@pytest.fixture
def base():
    return AgreementKind.objects.create(code="base", name_zh="实习基地", makes_base=True)


def test_an_agreement_counts_once_signed_and_once_for_the_visits_that_led_to_it(base):
    campaign = CampaignFactory()
    other = AgreementKind.objects.create(code="order", name_zh="订单班")
    signed = AgreementFactory(state=AgreementState.SIGNED, signed_on=FIRST, kind=other)
    ended = AgreementFactory(state=AgreementState.ENDED, signed_on=FIRST, kind=base)
    never = AgreementFactory(state=AgreementState.ENDED, signed_on=None)
    draft = AgreementFactory(state=AgreementState.DRAFT, kind=base)
    for visit in (held(campaign), held(campaign)):
        visit.agreements.set([signed, ended, never, draft])
    AgreementFactory(state=AgreementState.SIGNED)
    visits = counting.counted_visits(campaign)

    assert set(counting.agreements_of(visits)) == {signed, ended}
    assert list(counting.bases_of(visits)) == [ended]


def test_a_campus_recruitment_counts_once_it_is_agreed():
    campaign = CampaignFactory()
    visit = held(campaign)
    agreed, done, _meant = (
        IntentionFactory(visit=visit, kind=IntentionKind.RECRUITMENT, state=state)
        for state in (IntentionState.AGREED, IntentionState.DONE, IntentionState.INTENDED)
    )
    IntentionFactory(visit=visit, kind=IntentionKind.BASE, state=IntentionState.AGREED)

    assert set(counting.recruitments_of(counting.counted_visits(campaign))) == {agreed, done}


@pytest.fixture
def world(officer, leader, college, college_staff, base):
    """Visits of two leaders and two colleges, some of them of both and one of none."""
    campaign, other = CampaignFactory(), CollegeFactory()
    second = person(Role.LEADER)
    enterprises = EnterpriseFactory.create_batch(3)
    AgreementFactory(enterprise=enterprises[2], state=AgreementState.SIGNED, signed_on=FIRST - timedelta(days=1))
    for place in range(8):
        who = (leader, second, college_staff)[place % 3]
        visit = held(campaign, days=place * 5, leader=who, enterprise=enterprises[place % 3])
        visit.colleges.set([[college], [other], [college, other], []][place % 4])
        if place % 2:
            ParticipantFactory(visit=visit, side=Side.SCHOOL, user=officer)
            OutcomeFactory(visit=visit, posts=place, internships=1)
        if place > 3:
            visit.agreements.add(AgreementFactory(kind=base, state=AgreementState.SIGNED, signed_on=FIRST))
            IntentionFactory(visit=visit, kind=IntentionKind.RECRUITMENT, state=IntentionState.AGREED)
    held(campaign, days=None, leader=second)
    return campaign, [leader, second, college_staff, officer], [college, other]


def counted(campaign, visits):
    """What the definitions say of some visits."""
    new = counting.new_enterprises(campaign)
    return {
        "visits": visits.count(),
        "enterprises": counting.enterprises_of(visits).count(),
        "new_enterprises": new.filter(pk__in=visits.order_by().values("enterprise")).count(),
        "person_times": counting.person_times(visits).count(),
        "openings": counting.openings_at(visits).places(),
        "agreements": counting.agreements_of(visits).count(),
        "bases": counting.bases_of(visits).count(),
        "recruitments": counting.recruitments_of(visits).count(),
    }


def test_every_number_of_the_page_is_what_its_definition_counts(world, officer, today):
    campaign, people, colleges = world
    visits = counting.counted_visits(campaign)
    found = tally(officer, campaign, roles=["leader", "college"], on=today)
    asked = [
        (visits, None),
        (counting.led_by_role(visits, "leader", on=today), found.visits_of["leader", ""]),
        (counting.led_by_role(visits, "college", on=today), found.visits_of["college", ""]),
        *((counting.of_college(visits, college), found.of_college(college.pk)) for college in colleges),
        *((counting.with_any_of(visits, [user]), found.of_person(user.pk)) for user in people),
        (counting.with_any_of(visits, people[:2]), found.of_person(people[0].pk) | found.of_person(people[1].pk)),
    ]

    for rows, within in asked:
        assert {measure.value: found.number(measure, within) for measure in Measure} == counted(campaign, rows)
    assert counted(campaign, visits) == {
        "visits": 9, "enterprises": 4, "new_enterprises": 3, "person_times": 13, "openings": 20,
        "agreements": 4, "bases": 4, "recruitments": 4,
    }  # fmt: skip


def test_colleges_and_leaders_stand_side_by_side(world, officer, today):
    campaign, (leader, second, staff, _officer), colleges = world

    page = shown(campaign, officer, today)

    assert [(line.name, [cell.number for cell in line.numbers]) for line in page.colleges[:2]] == [
        (str(colleges[0]), [4, 3, 2, 4]),
        (str(colleges[1]), [4, 3, 2, 6]),
    ]
    assert {tuple(cell.number for cell in line.numbers) for line in page.colleges[2:]} == {(0, 0, 0, 0)}
    assert [(line.name, [cell.number for cell in line.numbers]) for line in page.leaders] == [
        (str(second), [4, 2, 2, 6]),
        (str(leader), [3, 1, 1, 4]),
        (str(staff), [2, 1, 0, 3]),
    ]


def test_a_target_was_reached_on_the_day_of_the_visit_that_made_it_full(officer, leader, today):
    campaign, enterprises = CampaignFactory(), EnterpriseFactory.create_batch(3)
    for number, days in ((0, 1), (0, 2), (1, 9), (2, 20), (1, None)):
        visit = held(campaign, days=days, enterprise=enterprises[number], leader=leader)
        OutcomeFactory(visit=visit, posts=10, internships=0)
    asked = {
        ("visits", 2): 2,
        ("visits", 5): None,
        ("enterprises", 2): 9,
        ("enterprises", 4): None,
        ("openings", 35): 20,
    }
    found = tally(officer, campaign, roles=[], on=today)

    days = {key: found.reached_on(*key) for key in asked}

    assert days == {key: FIRST + timedelta(days=day) if day else None for key, day in asked.items()}
    assert [found.number(measure) for measure in ("visits", "enterprises", "openings")] == [5, 3, 50]


def test_several_leaders_have_one_target_together(officer, leader, today):
    campaign, enterprise = CampaignFactory(), EnterpriseFactory()
    president = person(Role.LEADER)
    held(campaign, days=3, leader=leader, enterprise=enterprise)
    held(campaign, days=5, leader=president, enterprise=enterprise)
    held(campaign, days=8, leader=president)
    held(campaign, days=9, leader=person(Role.LEADER))
    CampaignTargetFactory(campaign=campaign, number=2, name="书记、校长合计").leaders.set([leader, president])

    line = shown(campaign, officer, today).progress[0]

    assert (line.of_whom, line.number, line.is_reached) == ("书记、校长合计", 2, True)
    assert line.reached_on == FIRST + timedelta(days=8)


@pytest.mark.parametrize(
    ("reached", "today", "so_far", "needed", "behind", "is_over"),
    [
        (0, date(2026, 8, 20), 0, 10, 0, False),  # not begun: 100 in the ten weeks ahead
        (0, date(2026, 9, 1), 0, 10, 0, False),  # the first day is not over
        (3, date(2026, 9, 2), 3, 97 * 7 / 69, 0, False),  # the first week counts whole
        (40, date(2026, 9, 29), 40 * 7 / 29, 10, 0, False),  # after four of ten weeks
        (39, date(2026, 9, 29), 39 * 7 / 29, 61 * 7 / 42, 1, False),
        (90, date(2026, 11, 9), 9, 70, 8, False),  # the last day
        (90, date(2026, 11, 10), 9, None, 10, True),
        (120, date(2026, 11, 20), 12, None, 0, True),
    ],
)
def test_the_pace_so_far_and_the_pace_that_is_needed(reached, today, so_far, needed, behind, is_over):
    found = pace(100, reached, first=FIRST, until=date(2026, 11, 9), today=today)

    assert found.so_far == pytest.approx(so_far)
    assert found.needed == (None if needed is None else pytest.approx(needed))
    assert (found.behind, found.is_over) == (behind, is_over)


def test_without_a_day_there_is_a_pace_but_no_need():
    found = pace(100, 10, first=FIRST, until=None, today=date(2026, 9, 14))

    assert (found.so_far, found.needed, found.behind) == (5, None, 0)


def test_a_campaign_without_an_end_is_measured_by_its_next_day_of_reporting(officer, today):
    campaign = CampaignFactory(starts_on=None, ends_on=None)
    held(campaign, days=10)
    CampaignTargetFactory(campaign=campaign, measure="visits", number=3)
    for day in (date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)):
        campaign.report_days.create(day=day)

    line = shown(campaign, officer, today).progress[0]

    assert (line.number, line.missing, line.pace.until, line.pace.behind) == (1, 2, date(2026, 11, 30), 1)
    assert line.pace.needed == 2


def test_what_a_source_states_stands_beside_targets_of_everyone_and_is_not_added(officer, leader, today):
    campaign = CampaignFactory()
    held(campaign, leader=leader)
    campaign.reported_totals.create(measure="enterprises", number=219, is_minimum=True, source="Press")
    CampaignTargetFactory(campaign=campaign, number=100)
    CampaignTargetFactory(campaign=campaign, number=100, role="leader")

    lines = shown(campaign, officer, today).progress

    assert [(line.number, line.is_reached, line.reported and line.reported.number) for line in lines] == [
        (1, False, 219),
        (1, False, None),
    ]
