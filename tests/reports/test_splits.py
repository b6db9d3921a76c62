"""Every figure, split by everything it is split by: the number of each part is that of the rows on its page."""

from datetime import date

import pytest
from django.db.models import Sum
from django.test import Client

from accounts.models.people import User
from accounts.models.school import College
from partnerships.choices.agreements import Side
from partnerships.models.codes import Industry, Region
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import Mentor
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.figures.splits import SPLITS
from tests.factories.accounts import CollegeFactory, student
from tests.factories.partnerships import EnterpriseFactory, NeedFactory, ProvinceFactory
from tests.factories.placements import ApplicationFactory, PostingFactory
from tests.factories.visits import CampaignFactory, TripFactory, VisitFactory
from tests.reports.world import ON, World, one_of_everything
from visits.choices import VisitState
from visits.models.visits import Participant, Visit

pytestmark = pytest.mark.django_db

PAIRS = [(slug, split) for slug, figure in FIGURES.items() for split in figure.splits]


@pytest.fixture(scope="module")
def world(kept_for_module: None) -> World:
    """Visits of two campaigns, colleges, months and provinces; some of both, some of none; two to one enterprise."""
    college = CollegeFactory()
    found = one_of_everything(3)
    other = one_of_everything(2, campaign=CampaignFactory(class_of=2028), leader=found.leader)
    first, second, third, fourth, fifth = visits = [*found.visits, *other.visits]
    first.colleges.set([college, CollegeFactory()])
    second.colleges.set([college])
    first.campaigns.add(other.campaign)
    fifth.campaigns.clear()
    Visit.objects.filter(pk=fourth.pk).update(starts_on=date(2025, 12, 31), state=VisitState.CHECKED)
    Visit.objects.filter(pk=third.pk).update(starts_on=date(2026, 1, 1))
    Visit.objects.filter(pk=fifth.pk).update(starts_on=None)
    Participant.objects.create(visit=second, side=Side.SCHOOL, user=first.follow_ups.get().owner, name="同行")
    industry = Industry.objects.create(code="C", name_zh="制造业", name_en="Manufacturing")
    sichuan = ProvinceFactory(code="510000", name_zh="四川省", name_en="Sichuan")
    chengdu = Region.objects.create(code="510100", name_zh="成都市", name_en="Chengdu", province=sichuan)
    district = Region.objects.create(code="510104", name_zh="锦江区", name_en="Jinjiang", province=sichuan)
    for visit, region, city in ((first, chengdu, "成都"), (second, district, ""), (third, None, "绵阳")):
        place = {"industry": industry, "province": sichuan, "region": region, "city": city}
        Enterprise.objects.filter(pk=visit.enterprise_id).update(**place)
    Enterprise.objects.filter(pk__in=[fourth.enterprise_id, fifth.enterprise_id]).update(province=None)
    VisitFactory(enterprise=first.enterprise, state=VisitState.HELD, starts_on=date(2026, 11, 25)).agreements.set(
        first.agreements.all()
    )
    trip = TripFactory(starts_on=date(2026, 11, 19), ends_on=date(2026, 11, 21))
    Visit.objects.filter(pk__in=[first.pk, second.pk]).update(trip=trip)
    posting = PostingFactory(enterprise=EnterpriseFactory(), province=sichuan, city="成都", class_of=2027)
    ApplicationFactory(posting=posting, student=student(class_of=2028, profile_industries=["C", "I"]))
    first.needs.add(NeedFactory(enterprise=first.enterprise))
    Mentor.objects.create(enterprise=first.enterprise, name="赵工", title="总工")
    return World(found.campaign, found.leader, visits)


@pytest.mark.parametrize(("slug", "split"), PAIRS)
def test_the_number_of_each_part_is_that_of_its_rows(world: World, officer: User, slug: str, split: str):
    figure, scope = FIGURES[slug], Scope(None, ON, officer)

    for key, value in figure.parts(scope, split).items():
        record = SPLITS[split].read([key])[key]
        part = figure.fitting(SPLITS[split].part_of(scope, record))
        rows = figure.rows(part)
        held = rows.aggregate(held=Sum(figure.sums))["held"] or 0 if figure.sums else len(rows)
        assert value.rows == held == figure.value(part).rows, (key, value)
        assert value.denominator == figure.value(part).denominator


@pytest.mark.parametrize(("slug", "split"), PAIRS)
def test_a_page_opens_the_part_with_the_number_that_stood_in_the_table(
    world: World, client: Client, officer: User, slug: str, split: str
):
    client.force_login(officer)
    narrowed = {"province": "51"} if split == "city" else {}
    page = client.get(f"/dashboard/{slug}/", {"by": split, **narrowed})

    for line in page.context["split_table"].lines:
        opened = client.get(line.href).context
        assert opened["value"].rows == line.value.rows
        if not FIGURES[slug].sums:
            assert opened["page"].paginator.count == line.value.number


def test_what_a_row_is_once_adds_up_to_the_whole(world: World, officer: User):
    scope = Scope(None, ON, officer)
    for slug, split in (("visits", "province"), ("visits", "industry"), ("visits", "city"), ("openings", "month")):
        parts = FIGURES[slug].parts(scope, split)
        assert sum(value.number for value in parts.values()) == FIGURES[slug].value(scope).number


def test_months_across_the_end_of_a_year_stay_apart(world: World, officer: User):
    parts = FIGURES["visits"].parts(Scope(None, ON, officer), "month")

    assert {key: value.number for key, value in parts.items()} == {
        date(2025, 12, 1): 1, date(2026, 1, 1): 1, date(2026, 11, 1): 3, None: 1,
    }  # fmt: skip


def test_a_city_is_its_prefecture_whichever_district_the_file_names(world: World, officer: User):
    parts = FIGURES["visits"].parts(Scope(None, ON, officer, province="51"), "city")

    assert {key: value.number for key, value in parts.items()} == {"510100": 3, "绵阳": 1}


def test_leaders_stand_by_name_not_by_number(world: World, client: Client, officer: User):
    client.force_login(officer)

    lines = client.get("/dashboard/visits/?by=leader").context["split_table"].lines

    labels = [line.label for line in lines]
    assert labels == sorted(labels)
    assert len(labels) == 2


def test_what_is_about_employment_is_counted_for_no_single_person():
    """三不得 (domain notes 6.4): neither split by people nor narrowed to them, whatever an address asks."""
    person = User(pk=1)
    for figure in FIGURES.values():
        if not figure.about_employment:
            continue
        narrowed = figure.fitting(Scope(None, ON, None, leaders=(person,), led_by="college"))
        assert "leader" not in figure.splits
        assert (narrowed.leaders, narrowed.led_by) == ((), "")


def test_every_figure_of_applications_or_hires_is_said_to_be_about_employment():
    models = {"Application", "StudentProfile"}
    scope = Scope(None, ON, None)
    told = {slug for slug, figure in FIGURES.items() if figure.about_employment}

    assert told == {
        *(slug for slug, figure in FIGURES.items() if figure.counted(scope).model.__name__ in models),
        "posts-published", "posts-applied", "posts-used", "internships-used",
        "postings-with-application", "postings-without-application", "postings-overfilled",
    }  # fmt: skip


@pytest.mark.parametrize(
    "query", ["by=nothing", "by=leader%00", "city=%00", "industry=ZZ", "class_of=20x", "unknown=x"]
)
def test_a_split_or_part_that_makes_no_sense_splits_nothing(client: Client, officer: User, world: World, query: str):
    client.force_login(officer)

    page = client.get(f"/dashboard/acceptances/?{query}")

    assert page.status_code == 200
    assert page.context["split_table"] is None


def test_a_filter_that_matches_nothing_says_so(client: Client, officer: User, world: World):
    client.force_login(officer)

    page = client.get("/dashboard/visits/?province=99&by=month")

    assert page.context["value"].number == 0
    assert "No row counts here, so there is nothing to split." in page.content.decode()


@pytest.mark.parametrize("times", [1, 4])
def test_a_split_costs_the_same_for_any_number_of_rows(
    client: Client, officer: User, college: College, django_assert_num_queries, times: int
):
    for visit in one_of_everything(times).visits:
        visit.colleges.add(college)
    client.force_login(officer)
    client.get("/dashboard/visits/?by=college")

    with django_assert_num_queries(14):
        client.get("/dashboard/visits/?by=college")
