"""Whom to visit: filters, reasons with their numbers, orders, at a fixed price."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from partnerships.choices.needs import NeedState
from placements.choices import ApplicationState, PostingKind
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory, NeedFactory, ProvinceFactory, signed_agreement
from tests.factories.placements import ApplicationFactory
from tests.factories.visits import VisitFactory
from visits.choices import VisitState

pytestmark = pytest.mark.django_db
LIST = "/trips/candidates/"
FRESH = {"confirmed_at": datetime(2026, 11, 1, tzinfo=UTC)}


def names(response):
    return [row.legal_name for row in response.context["page"]]


def enterprise(name, **fields):
    return EnterpriseFactory(legal_name=name, **{**FRESH, **fields})


def visited(name, day, **fields):
    made = enterprise(name, **fields)
    VisitFactory(enterprise=made, starts_on=day, state=VisitState.CHECKED)
    return made


def accepted(made, kind):
    return ApplicationFactory(posting__enterprise=made, posting__kind=kind, state=ApplicationState.ACCEPTED)


def test_each_row_says_why_with_numbers(client_of, officer, today):
    made = visited("甲", date(2026, 2, 20), confirmed_at=datetime(2020, 1, 1, 4, tzinfo=UTC))
    NeedFactory.create_batch(2, enterprise=made)
    NeedFactory(enterprise=made, state=NeedState.MET)
    signed_agreement(enterprise=made, ends_on=today + timedelta(days=20))
    for kind in (PostingKind.JOB, PostingKind.CAMPUS, PostingKind.INTERNSHIP):
        accepted(made, kind)
    ApplicationFactory(posting__enterprise=made, state=ApplicationState.REJECTED)

    (row,) = client_of(officer).get(LIST).context["page"]

    assert [(reason.text, reason.tone) for reason in row.reasons] == [
        ("Agreement ends in 20 days", "bad"),
        ("2 open needs", "info"),
        ("2 graduates of ours · 1 intern of ours", "good"),
        ("Not visited for 9 months", "warn"),
        ("File last confirmed on 1 Jan 2020", "neutral"),
    ]
    assert (row.last_visit_on, row.next_visit_on) == (date(2026, 2, 20), None)


def test_nothing_presses_where_nothing_holds(client_of, officer, today):
    visited("甲", today - timedelta(days=5))

    response = client_of(officer).get(LIST)

    assert response.context["page"][0].reasons == []
    assert "nothing presses" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("visited=never", {"从未", "在读"}),
        ("visited=6", {"从未", "在读", "旧访"}),
        ("visited=24", {"从未", "在读"}),
        ("need=open", {"需求"}),
        ("ours=either", {"在读"}),
        ("ours=interns", {"在读"}),
        ("ours=graduates", set()),
        ("agreement=ending", {"到期"}),
        ("file=stale", {"旧访"}),
        ("find=到期", {"到期"}),
        ("owner=me", {"到期"}),
        ("unplanned=on&visited=never", {"在读"}),
        ("visited=100&owner=x", {"从未", "在读", "旧访", "需求", "到期"}),
    ],
)
def test_filters_narrow_the_list(client_of, officer, today, query, found):
    never, interns = enterprise("从未"), enterprise("在读")
    VisitFactory(enterprise=never, starts_on=today + timedelta(days=3))
    accepted(interns, PostingKind.INTERNSHIP)
    visited("旧访", date(2026, 1, 5), confirmed_at=None)
    NeedFactory(enterprise=visited("需求", today - timedelta(days=3)))
    signed_agreement(
        enterprise=visited("到期", today - timedelta(days=3), owner=officer), ends_on=today + timedelta(days=80)
    )

    assert set(names(client_of(officer).get(f"{LIST}?{query}"))) == found


def test_open_needs_are_found_by_major_and_by_college(client_of, officer):
    wanted, other = MajorFactory(), MajorFactory()
    first, second = NeedFactory(enterprise=enterprise("甲")), NeedFactory(enterprise=enterprise("乙"))
    first.majors.add(wanted)
    second.majors.add(other)
    NeedFactory(enterprise=enterprise("丙"), state=NeedState.MET).majors.add(wanted)
    client = client_of(officer)

    assert names(client.get(LIST, {"major": wanted.pk})) == ["甲"]
    assert names(client.get(LIST, {"college": other.college_id})) == ["乙"]


def test_orders_and_the_way_to_a_trip(client_of, officer, leader, today):
    old, new = visited("旧", date(2025, 1, 1)), visited("新", today - timedelta(days=1))
    NeedFactory(enterprise=new)
    signed_agreement(enterprise=old, ends_on=date(2027, 1, 1))
    jiangsu = ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    enterprise("未", province=jiangsu)
    client = client_of(officer)

    assert names(client.get(LIST)) == ["未", "旧", "新"]
    assert names(client.get(LIST, {"sort": "needs"}))[0] == "新"
    assert names(client.get(LIST, {"sort": "ending"}))[0] == "旧"
    assert names(client.get(LIST, {"sort": "place"}))[0] == "未"
    assert names(client.get(LIST, {"province": "320000"})) == ["未"]
    assert "Plan a trip with these" in client.get(LIST).content.decode()
    assert "Plan a trip with these" not in client_of(leader).get(LIST).content.decode()


def test_students_find_no_such_page(client_of, student):
    assert client_of(student).get(LIST).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client_of, officer, today, django_assert_num_queries, count):
    for number in range(count):
        made = visited(f"企业{number}", date(2026, 1, 1), confirmed_at=None)
        NeedFactory(enterprise=made)
        signed_agreement(enterprise=made, ends_on=today + timedelta(days=20))
        accepted(made, PostingKind.JOB)
    client = client_of(officer)

    # session, user, grants, choices, majors, count, rows, school, unread
    with django_assert_num_queries(9):
        text = client.get(reverse("travel:candidate_list")).content.decode()
    assert text.count("Agreement ends in 20 days") == count
    assert text.count("1 graduate of ours") == count
