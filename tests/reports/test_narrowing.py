"""A figure of a college, of leaders together, of a kind of visit and of some days; its page says so."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College
from partnerships.choices.agreements import Side
from reports.figures.catalogue import FIGURES, value_of
from reports.figures.scope import Scope
from reports.figures.value import Value
from tests.factories.accounts import CollegeFactory, UserFactory, person
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import CampaignFactory, CampaignTargetFactory, VisitFactory, led_visit
from tests.reports.world import ON, one_of_everything
from visits.choices import Direction, Measure, Medium, VisitState
from visits.models.visits import Participant, Visit

pytestmark = pytest.mark.django_db
HELD = VisitState.HELD
THREE = ("visits", "person-times", "enterprises-visited")


@pytest.fixture
def signed_in(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def president(db: None) -> User:
    return person(Role.LEADER, name="周院长", name_en="President Zhou")


def three(scope: Scope) -> tuple[int, ...]:
    return tuple(value_of(slug, scope).number for slug in THREE)


def joined(visit: Visit, name: str, user: User | None = None, *, was_present: bool = True) -> None:
    Participant.objects.create(visit=visit, side=Side.SCHOOL, user=user, name=name, was_present=was_present)


def test_who_was_there_counts_once_at_each_visit_with_or_without_an_account(officer: User, leader: User):
    enterprise = EnterpriseFactory()
    for _number in range(2):
        visit = led_visit(leader, enterprise=enterprise, state=HELD)
        joined(visit, "随行教师")
        joined(visit, "没来的人", was_present=False)
        Participant.objects.create(visit=visit, side=Side.ENTERPRISE, name="李总")
    led_visit(leader, state=VisitState.PLANNED)

    assert three(Scope(None, ON, officer)) == (2, 4, 1)


def test_a_college_narrows_the_three_counts(officer: User, leader: User, college: College):
    for colleges in ([college], [college, CollegeFactory()], []):
        led_visit(leader, state=HELD).colleges.set(colleges)

    assert three(Scope(None, ON, officer, college=college)) == (2, 2, 2)
    assert three(Scope(None, ON, officer)) == (3, 3, 3)


def test_leaders_together_count_a_visit_once_at_which_any_of_them_was(officer: User, leader: User, president: User):
    both = led_visit(leader, state=HELD)
    joined(both, president.name, president)
    led_visit(president, state=HELD, enterprise=both.enterprise)
    led_visit(leader, state=HELD)
    absent = VisitFactory(state=HELD)
    joined(absent, leader.name, leader, was_present=False)
    VisitFactory(state=HELD)

    whole = Scope(None, ON, officer)
    assert three(replace(whole, leaders=(leader,))) == (2, 3, 2)
    assert three(replace(whole, leaders=(president,))) == (2, 3, 1)
    assert three(replace(whole, leaders=(leader, president))) == (3, 4, 2)


def test_a_period_counts_the_days_of_visits_and_leaves_out_what_has_none(officer: User):
    for day in (date(2026, 11, 8), date(2026, 11, 9), date(2026, 11, 15), date(2026, 11, 16), None):
        VisitFactory(state=HELD, starts_on=day)
    whole, monday, sunday = Scope(None, ON, officer), date(2026, 11, 9), date(2026, 11, 15)

    assert value_of("visits", replace(whole, since=monday, until=sunday)) == Value(2)
    assert value_of("visits", replace(whole, since=monday)) == Value(3)
    assert value_of("visits", replace(whole, until=sunday)) == Value(4)  # with the one of an unknown day


def test_newly_opened_enterprises_count_in_the_week_of_their_first_visit(officer: User):
    campaign, enterprise = CampaignFactory(), EnterpriseFactory()
    for day in (date(2026, 11, 3), date(2026, 11, 10)):
        VisitFactory(state=HELD, starts_on=day, enterprise=enterprise).campaigns.add(campaign)
    VisitFactory(state=HELD, starts_on=date(2026, 11, 11)).campaigns.add(campaign)
    whole = Scope(campaign, ON, officer)

    weeks = [(date(2026, 11, 2), date(2026, 11, 8)), (date(2026, 11, 9), date(2026, 11, 15))]
    found = [value_of("new-enterprises", replace(whole, since=since, until=until)) for since, until in weeks]

    assert found == [Value(1, 1), Value(1, 2)]
    assert value_of("new-enterprises", whole) == Value(2, 2)


@pytest.mark.parametrize("slug", ["visits", "person-times", "enterprises-visited"])
def test_page_and_export_are_narrowed_alike_and_say_so(
    signed_in: Client, leader: User, president: User, college: College, slug: str
):
    kept = led_visit(leader, state=HELD, direction=Direction.INCOMING, medium=Medium.ONLINE)
    kept.colleges.add(college)
    led_visit(president, state=HELD).colleges.add(college)
    led_visit(leader, state=HELD)
    asked = {
        "college": college.pk, "leader": [leader.pk], "role": "leader", "direction": "incoming",
        "medium": "online", "since": "2026-11-01", "until": "2026-11-30",
    }  # fmt: skip

    page = signed_in.get(f"/dashboard/{slug}/", asked)
    export = signed_in.get(f"/dashboard/{slug}/", {**asked, "format": "xlsx"})

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(export.getvalue())).get_sheet_by_index(0)
    assert page.context["value"].number == page.context["page"].paginator.count == len(sheet.to_python()) - 1 == 1
    assert [(chip.label, chip.value) for chip in page.context["chips"]] == [
        ("Led by", "Leadership"),
        ("College", "School of Digital Media"),
        ("Was there", "Chen Li"),
        ("Direction", "Inviting in"),
        ("Medium", "Online"),
        ("From", "1 Nov 2026"),
        ("Until", "30 Nov 2026"),
    ]
    without = {chip.label: signed_in.get(chip.without).context["value"].number for chip in page.context["chips"]}
    assert set(without.values()) == {1}
    chips = signed_in.get(f"/dashboard/{slug}/?college={college.pk}&leader={leader.pk}").context["chips"]
    assert [signed_in.get(chip.without).context["value"].number for chip in chips] == [2, 2]


def test_two_leaders_have_a_chip_each(signed_in: Client, leader: User, president: User):
    address = f"/dashboard/visits/?leader={leader.pk}&leader={president.pk}"

    chips = signed_in.get(address).context["chips"]

    assert [chip.value for chip in chips] == ["Chen Li", "President Zhou"]
    assert [chip.without for chip in chips] == [
        f"/dashboard/visits/?leader={president.pk}",
        f"/dashboard/visits/?leader={leader.pk}",
    ]


def test_a_figure_that_visits_do_not_narrow_says_nothing_of_it(signed_in: Client, leader: User, college: College):
    one_of_everything(1)

    page = signed_in.get(f"/dashboard/communities/?college={college.pk}&leader={leader.pk}&role=leader")

    assert (page.context["chips"], page.context["value"].number) == ([], 0)
    narrowed = signed_in.get(f"/dashboard/agreements-in-force/?leader={leader.pk}&role=leader")
    assert (narrowed.context["chips"], narrowed.context["value"].number) == ([], 1)


@pytest.mark.parametrize(
    "query", ["college=999", "college=x", "leader=999", "leader=%27", "leader=1&leader=99999999999"]
)
def test_a_college_or_person_that_is_not_there_is_not_found(signed_in: Client, query: str):
    assert signed_in.get(f"/dashboard/visits/?{query}").status_code == 404
    assert signed_in.get(f"/dashboard/visits/?format=xlsx&{query}").status_code == 404


def test_a_student_is_nobody_whose_visits_are_counted(signed_in: Client):
    for nobody in (make_student(), UserFactory()):
        assert signed_in.get(f"/dashboard/visits/?leader={nobody.pk}").status_code == 404


@pytest.mark.parametrize("query", ["direction=up", "medium=letter", "since=soon", "until=9999-12-31", "role=king"])
def test_what_makes_no_sense_narrows_nothing(signed_in: Client, query: str):
    one_of_everything(1)

    page = signed_in.get(f"/dashboard/visits-reported-late/?{query}")

    assert (page.status_code, page.context["chips"]) == (200, [])


@pytest.mark.parametrize("times", [1, 3])
def test_a_narrowed_page_runs_the_same_queries_for_any_number_of_rows(
    signed_in: Client, django_assert_num_queries, college: College, times: int
):
    world = one_of_everything(times)
    college.visits.set(world.visits)
    asked = {"campaign": world.campaign.pk, "college": college.pk, "leader": world.leader.pk}
    signed_in.get("/dashboard/person-times/", asked)

    with django_assert_num_queries(15):
        page = signed_in.get("/dashboard/person-times/", asked)

    assert len(page.context["rows"]) == times


def test_targets_of_a_college_and_of_leaders_together_open_their_rows(
    signed_in: Client, leader: User, president: User, college: College
):
    campaign = CampaignFactory(starts_on=None, ends_on=None)
    visits = [led_visit(who, state=HELD) for who in (leader, leader, president, officer_of(college))]
    campaign.visits.set(visits)
    visits[0].colleges.add(college)
    CampaignTargetFactory(campaign=campaign, measure=Measure.ENTERPRISES, college=college, number=30)
    together = CampaignTargetFactory(campaign=campaign, measure=Measure.ENTERPRISES, name="书记校长共同", number=100)
    together.leaders.set([leader, president])

    lines = signed_in.get("/dashboards/campaign/").context["content"]["heads"][0]["targets"]

    assert [(line["of_whom"], line["number"], line["target"]) for line in lines] == [
        ("School of Digital Media", 1, 30),
        ("书记校长共同", 3, 100),
    ]
    for line in lines:
        assert signed_in.get(line["href"]).context["page"].paginator.count == line["number"]


def officer_of(college: College) -> User:
    return person(Role.COLLEGE, college=college)


def test_every_figure_knows_by_what_it_is_narrowed(officer: User, leader: User, college: College):
    """Whatever a figure says narrows it leaves nothing of a world in which nobody and no college took part."""
    world = one_of_everything(2)
    Visit.objects.update(reported_at=None)
    scope = Scope(world.campaign, ON, officer, college=college, leaders=(leader,))

    narrowed = {slug for slug, figure in FIGURES.items() if figure.visits is not None and not figure.about_employment}

    assert {value_of(slug, scope).number for slug in narrowed} == {0}
