"""The grid of majors and industries: demand and supply of each cell, and the rows behind each number."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models.people import User
from accounts.models.school import College, Major
from dashboards.boards.majors import balance_of, count
from dashboards.choices import Balance
from reports.figures.scope import Scope
from tests.factories.accounts import MajorFactory, student
from tests.factories.partnerships import EnterpriseFactory, IndustryFactory, NeedFactory
from tests.factories.placements import PostingFactory
from tests.factories.visits import OutcomeFactory, VisitFactory
from visits.choices import VisitState

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(college: College) -> Major:
    return MajorFactory(college=college, code="550101", name_zh="影视", name_en="Film")


@pytest.fixture
def paint(college: College) -> Major:
    return MajorFactory(college=college, code="550102", name_zh="绘画", name_en="Painting")


def scope(user: User, **narrowing: object) -> Scope:
    return Scope(None, timezone.localdate(), user, **narrowing)


def cells(content: dict, place: int) -> dict[str, tuple[dict[str, int], str]]:
    """The cells of a major by industry: what stands in them, and the word for their colour."""
    row = content["colleges"][0]["majors"][place]
    return {
        cell["industry"]: ({line["label"]: line["number"] for line in cell["parts"]}, cell["balance"])
        for cell in row["cells"]
        if cell["parts"]
    }


def a_world(film: Major, paint: Major) -> None:
    """Software asks for film: 9 needed, 3 places open, 15 offered of late and 15 long ago; 2 wish to go there."""
    today = timezone.localdate()
    software = EnterpriseFactory(industry=IndustryFactory())
    NeedFactory(enterprise=software, headcount=9).majors.set([film, paint])
    PostingFactory(enterprise=software, headcount=3).majors.set([film])
    PostingFactory(enterprise=software, headcount=4, major_classes=["55"])
    PostingFactory(enterprise=EnterpriseFactory(industry=None), headcount=2).majors.set([film])
    for days in (30, 700):
        visit = VisitFactory(enterprise=software, starts_on=today - timedelta(days=days), state=VisitState.HELD)
        OutcomeFactory(visit=visit, major=film, posts=5, internships=10)
    IndustryFactory(code="R", name_zh="文化", name_en="Culture")
    student(major=film, class_of=2027, profile_industries=["I", "R"])
    student(major=film, class_of=2028, profile_industries=["I"])
    student(major=film, class_of=2027)


def test_each_cell_holds_demand_and_supply_of_its_own_kind(film: Major, paint: Major, officer: User):
    a_world(film, paint)

    content = count(scope(officer))

    software = "Information transmission, software and IT services"
    assert cells(content, 0) == {
        software: ({"needed": 9, "open places": 3, "offered": 15, "wish for it": 2}, "short"),
        "Culture": ({"wish for it": 1}, "no_demand"),
        "Not stated": ({"open places": 2}, "short"),
    }
    assert cells(content, 1) == {software: ({"needed": 9}, "short")}
    named = {c["industry"]: [(p["label"], p["number"]) for p in c["parts"]] for c in content["unnamed"]["cells"]}
    assert named[software] == [("open places", 4)]


def test_students_stand_beside_their_major_by_graduating_class(film: Major, paint: Major, officer: User):
    a_world(film, paint)

    rows = count(scope(officer))["colleges"][0]["majors"]

    assert [(line["label"], line["number"]) for line in rows[0]["students"]] == [
        ("students", 3), ("2027", 2), ("2028", 1),
    ]  # fmt: skip
    assert [(line["label"], line["number"]) for line in rows[1]["students"]] == [("students", 0)]


def test_a_graduating_class_narrows_the_students_and_not_the_demand(film: Major, paint: Major, officer: User):
    a_world(film, paint)

    content = count(scope(officer, class_of=2028))

    software = "Information transmission, software and IT services"
    assert cells(content, 0)[software] == ({"needed": 9, "open places": 3, "offered": 15, "wish for it": 1}, "short")


def test_a_college_shows_its_majors_alone(film: Major, paint: Major, officer: User, college: College):
    MajorFactory()

    content = count(scope(officer, college=college))

    assert [row["code"] for part in content["colleges"] for row in part["majors"]] == ["550101", "550102"]
    assert content["unnamed"] is None


def test_every_number_of_the_grid_opens_the_rows_that_it_counts(
    client: Client, film: Major, paint: Major, officer: User
):
    a_world(film, paint)
    client.force_login(officer)
    content = count(scope(officer))
    rows = [*content["colleges"][0]["majors"], content["unnamed"]]

    for row in rows:
        lines = [*row["students"], *(line for cell in row["cells"] for line in cell["parts"])]
        for line in lines:
            assert client.get(line["href"]).context["value"].rows == line["number"], line


def test_the_colour_is_said_in_a_word_too(client: Client, film: Major, paint: Major, officer: User):
    a_world(film, paint)
    client.force_login(officer)

    page = client.get("/dashboards/majors/").content.decode()

    assert page.count('<span class="balance" data-balance="short">Short of students</span>') == 4
    assert '<span class="balance" data-balance="no_demand">No demand</span>' in page


@pytest.mark.parametrize(
    ("demand", "supply", "balance"),
    [
        (0, 0, None),
        (0, 1, Balance.NO_DEMAND),
        (1, 0, Balance.SHORT),
        (5, 4, Balance.BALANCED),
        (6, 4, Balance.SHORT),
        (4, 5, Balance.BALANCED),
        (4, 6, Balance.PLENTY),
    ],
)
def test_a_quarter_more_or_less_is_balanced(demand: int, supply: int, balance: Balance | None):
    assert balance_of(demand, supply) == balance


@pytest.mark.parametrize("times", [1, 3])
def test_the_grid_costs_the_same_for_any_number_of_majors(officer: User, django_assert_num_queries, times: int):
    for _ in range(times):
        major = MajorFactory()
        NeedFactory().majors.set([major])
        student(major=major, profile_industries=["I"])
    assert officer.is_office

    with django_assert_num_queries(11):
        count(scope(officer))
