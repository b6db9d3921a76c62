"""The list of visits, an enterprise's tab, follow-ups, campaigns and trips: who sees what, at what price."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from partnerships.choices.agreements import Side
from tests.factories.accounts import CollegeFactory, MajorFactory
from tests.factories.events import EventFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.visits import (
    CampaignFactory,
    CampaignTargetFactory,
    FollowUpFactory,
    IntentionFactory,
    OutcomeFactory,
    ParticipantFactory,
    TripFactory,
    VisitFactory,
    led_visit,
)
from visits.choices import CampaignPointKind, FollowUpState, VisitState
from visits.models.campaigns import CampaignPoint, ReportedTotal, TripMember
from visits.models.visits import VisitTopic

pytestmark = pytest.mark.django_db
S = VisitState
LIST = "/visits/"


def ids(response):
    return [row.pk for row in response.context["page"]]


@pytest.mark.parametrize("address", [LIST, "/campaigns/", "/follow-ups/", "/visits/plan/"])
def test_students_and_strangers_find_nothing(client_of, student, stranger, address):
    VisitFactory()

    assert [client_of(user).get(address).status_code for user in (student, stranger)] == [404, 404]


def test_all_staff_see_every_visit(client_of, officer, college_staff, leader):
    visits = [VisitFactory(state=state) for state in S]

    for user in (officer, college_staff, leader):
        assert set(ids(client_of(user).get(LIST))) == {visit.pk for visit in visits}


@pytest.mark.parametrize("words", ["启明", "qiming", "QIMING", "启明科技"])
def test_search_finds_the_enterprise_in_chinese_and_english(client_of, officer, words):
    wanted = VisitFactory(enterprise=EnterpriseFactory(legal_name="成都启明科技", name_en="Chengdu Qiming"))
    VisitFactory(enterprise=EnterpriseFactory(legal_name="南充远大", name_en="Nanchong Yuanda"))

    assert ids(client_of(officer).get(LIST, {"find": words})) == [wanted.pk]


def test_a_search_without_words_that_can_be_searched_finds_nothing(client_of, officer):
    VisitFactory()

    response = client_of(officer).get(LIST, {"find": "！？"})

    assert ids(response) == []
    assert "No visit matches" in response.content.decode()


def test_filters_narrow_the_list(client_of, officer, leader, today):
    campaign = CampaignFactory()
    wanted = led_visit(leader, state=S.HELD, starts_on=today - timedelta(days=5), direction="incoming", medium="online")
    wanted.campaigns.add(campaign)
    VisitFactory(state=S.REPORTED, starts_on=today - timedelta(days=20))
    VisitFactory(state=S.PLANNED, starts_on=today + timedelta(days=20))
    client = client_of(officer)

    for narrowed in (
        {"campaign": campaign.pk},
        {"state": "held"},
        {"direction": "incoming"},
        {"medium": "online"},
        {"leader": leader.pk},
        {"since": today - timedelta(days=6), "until": today},
        {"unreported": "on"},
    ):
        assert ids(client.get(LIST, narrowed)) == [wanted.pk], narrowed
    assert ids(client_of(leader).get(LIST, {"mine": "on"})) == [wanted.pk]


def test_a_plan_whose_day_has_passed_is_without_report(client_of, officer, today):
    passed = VisitFactory(state=S.CONFIRMED, starts_on=today - timedelta(days=1))
    VisitFactory(state=S.CONFIRMED, starts_on=today)

    response = client_of(officer).get(LIST, {"unreported": "on"})

    assert ids(response) == [passed.pk]
    assert "no report yet" in response.content.decode()


@pytest.mark.parametrize("nonsense", [{"campaign": "x"}, {"since": "gestern"}, {"sort": "?"}, {"leader": "9" * 40}])
def test_a_filter_that_makes_no_sense_narrows_nothing(client_of, officer, nonsense):
    visit = VisitFactory()

    assert ids(client_of(officer).get(LIST, nonsense)) == [visit.pk]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", ["c", "b", "a", "none"]), ("oldest", ["a", "b", "c", "none"]), ("posts", ["b", "c", "none", "a"])],
)
def test_the_order_is_the_reader_s(client_of, officer, sort, order):
    visits = {
        "a": VisitFactory(starts_on=date(2026, 10, 1)),
        "b": VisitFactory(starts_on=date(2026, 10, 2)),
        "none": VisitFactory(starts_on=None, state=S.HELD),
        "c": VisitFactory(starts_on=date(2026, 10, 3)),
    }
    OutcomeFactory(visit=visits["b"], posts=1, internships=1)

    assert ids(client_of(officer).get(LIST, {"sort": sort})) == [visits[name].pk for name in order]


def test_a_visit_without_a_day_says_so(client_of, officer):
    VisitFactory(starts_on=None, state=S.HELD)

    assert "date not recorded" in client_of(officer).get(LIST).content.decode()


def test_htmx_gets_the_rows_alone(client_of, officer):
    VisitFactory()

    page = client_of(officer).get(LIST, headers={"hx-request": "true"}).content.decode()

    assert "<html" not in page
    assert page.count("<tr>") == 2


def full_visit(officer, leader, campaign):
    visit = led_visit(leader, state=S.REPORTED, starts_on=date(2026, 10, 9), goal="谈实习")
    visit.campaigns.add(campaign)
    ParticipantFactory(visit=visit)
    OutcomeFactory(visit=visit)
    FollowUpFactory(visit=visit, owner=officer)
    return visit


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_visits(client_of, officer, leader, django_assert_num_queries, count):
    campaign = CampaignFactory()
    for _ in range(count):
        full_visit(officer, leader, campaign)
    client = client_of(officer)

    with django_assert_num_queries(9):  # session, user, grants, campaigns, leaders, count, visits, school, unread
        response = client.get(LIST)

    assert response.content.decode().count("<tr>") == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_tab_of_an_enterprise_costs_the_same(client_of, officer, leader, django_assert_num_queries, count):
    enterprise = EnterpriseFactory()
    for _ in range(count):
        led_visit(leader, enterprise=enterprise)
    VisitFactory()
    client = client_of(officer)

    # session, user, grants, enterprise, count, visits, places promised, postings, school, unread
    with django_assert_num_queries(10):
        response = client.get(reverse("visits:enterprise_visits", args=[enterprise.pk]))

    assert response.content.decode().count("<tr>") == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_follow_ups_cost_the_same_for_any_number(client_of, officer, django_assert_num_queries, count):
    for _ in range(count):
        FollowUpFactory(owner=officer)
    client = client_of(officer)

    # session, user, grants, staff, colleges, campaigns, count, follow-ups, school, unread
    with django_assert_num_queries(10):
        response = client.get("/follow-ups/")

    assert response.content.decode().count("<tr>") == count + 1


def test_follow_ups_are_mine_or_everyone_s_open_overdue_or_closed(client_of, officer, today):
    mine = FollowUpFactory(owner=officer, due_on=today)
    late = FollowUpFactory(owner=officer, due_on=today - timedelta(days=1))
    organised = FollowUpFactory(visit=VisitFactory(organiser=officer), due_on=today + timedelta(days=1))
    other = FollowUpFactory(due_on=today + timedelta(days=2))
    closed = FollowUpFactory(owner=officer, state=FollowUpState.DONE, result="已寄出")
    client = client_of(officer)

    assert ids(client.get("/follow-ups/")) == [late.pk, mine.pk, organised.pk]
    assert ids(client.get("/follow-ups/", {"whose": "all"})) == [late.pk, mine.pk, organised.pk, other.pk]
    assert ids(client.get("/follow-ups/", {"state": "overdue"})) == [late.pk]
    assert ids(client.get("/follow-ups/", {"state": "closed"})) == [closed.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_campaigns_cost_the_same_for_any_number(client_of, officer, django_assert_num_queries, count):
    for _ in range(count):
        campaign = CampaignFactory()
        CampaignTargetFactory(campaign=campaign)
        VisitFactory().campaigns.add(campaign)
    client = client_of(officer)

    with django_assert_num_queries(8):  # session, user, grants, count, campaigns, targets, school, unread
        response = client.get("/campaigns/")

    assert response.content.decode().count("<tr>") == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_campaign_costs_the_same_for_any_number(client_of, officer, leader, django_assert_num_queries, count):
    campaign = CampaignFactory()
    for role in ("", "leader"):
        CampaignTargetFactory(campaign=campaign, role=role)
    for number in range(count):
        CampaignTargetFactory(campaign=campaign, college=CollegeFactory())
        CampaignTargetFactory(campaign=campaign, name=f"书记、校长合计{number}").leaders.add(leader, officer)
        campaign.report_days.create(day=date(2026, 12, 1) + timedelta(days=number))
    ReportedTotal.objects.create(campaign=campaign, measure="enterprises", number=219)
    for _ in range(count):
        full_visit(officer, leader, campaign)
        CampaignPoint.objects.create(campaign=campaign, kind=CampaignPointKind.NEXT_STEP, name="每周汇总")
        campaign.events.add(EventFactory())
        TripFactory(campaign=campaign)
    client = client_of(officer)

    # session, user, grants, campaign, targets, totals, three that count, people, colleges, visits, changes, school,
    # unread
    with django_assert_num_queries(15):
        page = client.get(reverse("visits:campaign", args=[campaign.pk])).content.decode()

    assert f"219 reported, {count} on file" in page
    assert page.count("A source states 219; it is not added.") == 1
    assert page.count("每周汇总") == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_trip_costs_the_same_for_any_number_of_stops(client_of, officer, leader, django_assert_num_queries, count):
    trip = TripFactory(campaign=CampaignFactory(), is_year_assumed=True)
    TripMember.objects.create(trip=trip, user=leader, name="陈立", leads=True)
    ReportedTotal.objects.create(trip=trip, measure="openings", number=300, is_minimum=True)
    for _ in range(count):
        stop = VisitFactory(
            trip=trip,
            starts_on=date(2026, 11, 3),
            state=S.HELD,
            enterprise=EnterpriseFactory(province=ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")),
        )
        IntentionFactory(visit=stop, name="共建产业学院")
        VisitTopic.objects.create(visit=stop, kind="agenda", name="参观产线")
        OutcomeFactory(visit=stop)
        stop.agreements.add(AgreementFactory(enterprise=stop.enterprise))
    client = client_of(officer)

    # session, user, grants, trip, offices, totals, stops, topics, intentions, agreements, party, openings,
    # school, unread
    with django_assert_num_queries(14):
        page = client.get(reverse("travel:trip", args=[trip.pk])).content.decode()

    assert (page.count("共建产业学院"), page.count("Jiangsu"), page.count("参观产线")) == (count, 1, count)
    assert f"300+ reported, {15 * count} on file" in page
    assert "year assumed" in page
    assert "4 days" in page


def test_agreements_of_another_college_are_not_named_on_a_trip(client_of, college_staff):
    stop = VisitFactory(trip=TripFactory(), starts_on=date(2026, 11, 3), state=S.HELD)
    secret = AgreementFactory(enterprise=stop.enterprise, title="别院协议")
    secret.colleges.add(MajorFactory().college)
    stop.agreements.add(secret)

    for name, pk in (("travel:trip", stop.trip_id), ("visits:visit", stop.pk), ("visits:briefing", stop.pk)):
        assert "别院协议" not in client_of(college_staff).get(reverse(name, args=[pk])).content.decode()


def test_people_of_both_sides_are_told_apart(client_of, officer, leader):
    visit = led_visit(leader)
    ParticipantFactory(visit=visit, side=Side.ENTERPRISE, name="孙总")

    context = client_of(officer).get(reverse("visits:visit", args=[visit.pk])).context

    assert [person.name for person in context["party"]] == [leader.name]
    assert [person.name for person in context["hosts"]] == ["孙总"]


@pytest.mark.parametrize(("language", "shown"), [("zh-hans", "陈立"), ("en", "Chen Li")])
def test_who_leads_is_named_in_the_readers_language(client_of, officer, leader, language, shown):
    led_visit(leader)
    client = client_of(officer)
    officer.language = language
    officer.save(update_fields=["language"])

    assert [row.leaders for row in client.get(LIST).context["page"]] == [[shown]]


def test_a_campaign_counts_the_visits_that_took_place(client_of, officer):
    campaign = CampaignFactory()
    for state in S:
        VisitFactory(state=state).campaigns.add(campaign)

    (row,) = client_of(officer).get("/campaigns/").context["page"]
    assert row.visit_count == 3  # held, reported, checked
