"""Demand beside supply: open needs by major, and the students whom the school has."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.choices import Level
from partnerships.choices.needs import NeedKind, NeedState
from partnerships.selectors.demand import class_to_show
from tests.factories.accounts import CollegeFactory, MajorFactory, student
from tests.factories.partnerships import EnterpriseFactory, NeedFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("partnerships:needs_by_major")


@pytest.fixture
def world(college):
    """Two majors of one college and one of another; a need of both, of one, of none, and a stale one."""
    now = timezone.now()
    film = MajorFactory(name_zh="影视动画", name_en="Animation", code="510101", college=college)
    games = MajorFactory(name_zh="游戏设计", name_en="Games", code="510102", college=college)
    idle = MajorFactory(
        name_zh="无人问津", name_en="Idle", code="510103", college=CollegeFactory(name_en="Other College")
    )
    NeedFactory(kind=NeedKind.RECRUIT, headcount=100, confirmed_at=now).majors.add(film, games)
    NeedFactory(kind=NeedKind.INTERNS, headcount=20, confirmed_at=now - timedelta(days=91)).majors.add(film)
    NeedFactory(kind=NeedKind.ORDER_TRAINING, headcount=None, confirmed_at=now)
    NeedFactory(kind=NeedKind.EQUIPMENT, headcount=7, confirmed_at=now).majors.add(games)
    NeedFactory(state=NeedState.MET, headcount=900).majors.add(film)
    NeedFactory(enterprise=EnterpriseFactory(archived_at=now), headcount=900).majors.add(film)
    for name, level in (("动画2401", Level.DIPLOMA), ("动画2401", Level.DIPLOMA), ("动画2402", Level.BACHELOR)):
        student(major=film, class_of=2027, profile_class_name=name, profile_level=level)
    student(major=film, class_of=2028)
    student(major=games, class_of=2027)
    student(major=games, class_of=2027, is_active=False)
    return film, games, idle


def shown(client, **query):
    return client.get(PAGE, {"class_of": "2027", **query}).context["demand"]


def counts(demand):
    return (demand.needs, demand.people, demand.stale, demand.shared, demand.unnumbered)


def test_each_major_has_its_needs_beside_its_students(client, officer, world):
    client.force_login(officer)

    demand = shown(client)

    lines = {line.code: line for part in demand.colleges for line in part.majors}
    assert {code: counts(line.demand) for code, line in lines.items()} == {
        "510101": (2, 120, 1, 1, 0),
        "510102": (1, 100, 0, 1, 0),
        "510103": (0, 0, 0, 0, 0),
    }
    assert {code: line.supply.students for code, line in lines.items()} == {"510101": 3, "510102": 1, "510103": 0}
    assert lines["510101"].supply.by_level == [("Vocational diploma", 2), ("Bachelor", 1)]
    assert lines["510101"].supply.by_class == [("动画2401", 2), ("动画2402", 1)]
    assert lines["510102"].supply.by_class == [("without a class", 1)]


def test_a_need_of_several_majors_counts_once_in_the_totals(client, officer, world):
    client.force_login(officer)

    demand = shown(client)

    assert [counts(part.total.demand) for part in demand.colleges] == [(2, 120, 1, 1, 0), (0, 0, 0, 0, 0)]
    assert (counts(demand.total.demand), demand.total.supply.students) == ((3, 120, 1, 1, 1), 4)
    assert counts(demand.without_major) == (1, 0, 0, 0, 1)


def test_the_ratio_prints_both_numbers(client, officer, world):
    client.force_login(officer)

    html = " ".join(client.get(PAGE, {"class_of": "2027"}).content.decode().split())

    assert "120 asked for</a> / 3 students" in html
    assert "0 asked for / 0 students" in html
    assert "of which 1 not confirmed for 90 days" in html


@pytest.mark.parametrize(
    ("query", "needs", "students"),
    [
        ({}, 3, 4),
        ({"kind": "all"}, 4, 4),
        ({"kind": "interns"}, 1, 4),
        ({"class_of": "2028"}, 3, 1),
        ({"class_of": "1999"}, 3, 4),
        ({"kind": "nonsense"}, 3, 4),
    ],
)
def test_kind_and_class_narrow_it(client, officer, world, query, needs, students):
    client.force_login(officer)

    total = shown(client, **query).total

    assert (total.demand.needs, total.supply.students) == (needs, students)


def test_a_college_is_shown_alone(client, officer, world):
    client.force_login(officer)

    demand = shown(client, college=world[2].college_id)

    assert [line.name for part in demand.colleges for line in part.majors] == ["Idle"]
    assert (counts(demand.total.demand), demand.without_major) == ((0, 0, 0, 0, 0), None)


@pytest.mark.parametrize("kind", ["", "all", "recruit"])
def test_each_number_opens_exactly_its_rows(client, officer, world, kind):
    client.force_login(officer)
    demand = shown(client, kind=kind)
    doors = [line.demand for part in demand.colleges for line in (part.total, *part.majors)]

    for each in (*doors, demand.total.demand, demand.without_major):
        for href, number in ((each.href, each.needs), (each.stale_href, each.stale), (each.shared_href, each.shared)):
            answer = client.get(href)
            assert answer.context["totals"].rows == number, href
        assert client.get(each.href).context["totals"].people == each.people


def test_college_staff_see_all_demand_and_numbers_of_students_alone(client, college_staff, world):
    someone = student(major=world[2], class_of=2027, name="李同学", name_en="Li")
    client.force_login(college_staff)

    answer = client.get(PAGE, {"class_of": "2027"})

    assert answer.context["demand"].total.demand.needs == 3
    assert answer.context["demand"].total.supply.students == 5
    assert someone.name not in answer.content.decode()


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_others_find_nothing(request, client, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("times", [1, 3])
def test_it_costs_the_same_for_any_number(client, officer, django_assert_num_queries, times):
    for _ in range(times):
        major = MajorFactory()
        NeedFactory().majors.add(major)
        student(major=major, class_of=2027)
    client.force_login(officer)

    with django_assert_num_queries(
        10
    ):  # session, person, roles, classes, majors, terms, needs, students, school, inbox
        answer = client.get(PAGE)

    assert answer.context["demand"].total.demand.needs == times


@pytest.mark.parametrize(
    ("known", "wanted", "on", "year"),
    [
        ([2026, 2027, 2028], "", date(2026, 6, 30), 2026),
        ([2026, 2027, 2028], "", date(2026, 11, 20), 2027),
        ([2026, 2027, 2028], "2028", date(2026, 11, 20), 2028),
        ([2025], "", date(2026, 11, 20), 2025),
        ([], "2028", date(2026, 11, 20), 2027),
    ],
)
def test_the_class_that_graduates_next_is_shown_first(known, wanted, on, year):
    assert class_to_show(known, wanted, on=on) == year


def test_the_export_holds_what_is_shown(client, officer, world):
    client.force_login(officer)

    answer = client.get(PAGE, {"class_of": "2027", "format": "xlsx"})

    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows] == [
        "Animation", "Games", "All majors of the college", "Idle", "All majors of the college", "Without a major",
        "The whole school",
    ]  # fmt: skip
    assert (len(head), rows[0][1:]) == (
        11,
        ["510101", "Animation", 2, 120, 1, 1, 2027, 3, "Vocational diploma 2; Bachelor 1", "动画2401 2; 动画2402 1"],
    )
