"""The pages of trips: list, days with stops and ways, forms, buttons without scripts, the sheet."""

import uuid
from datetime import date, time

import pytest
from django.urls import reverse

from tests.factories.accounts import OfficeFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.factories.visits import ParticipantFactory, TripFactory, VisitFactory, led_visit
from travel.services.trips import plan_trip
from visits.choices import VisitState
from visits.models.campaigns import Trip
from visits.models.visits import Visit

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)


@pytest.fixture
def trip(officer, leader, now):
    return plan_trip(
        name="赴江苏", starts_on=FIRST, ends_on=SECOND, by=officer, at=now,
        enterprises=EnterpriseFactory.create_batch(3), party=[(leader, leader.name, leader.title, True)],
    )  # fmt: skip


def typed(leader, **changes):
    return {
        "form_token": str(uuid.uuid4()), "name": "赴江苏", "starts_on": "2026-12-01", "ends_on": "2026-12-02",
        "leader": leader.pk if leader else "", **changes,
    }  # fmt: skip


def address(name, pk):
    return reverse(f"travel:{name}", args=[pk])


def errors(response):
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def test_ticked_enterprises_become_a_trip_once(client_of, officer, leader, college_staff):
    one, two, office = EnterpriseFactory(), EnterpriseFactory(), OfficeFactory()
    client, page = client_of(officer), f"/trips/new/?enterprise={one.pk}&enterprise={two.pk}"
    data = typed(leader, companions=[college_staff.pk, leader.pk], others="孙秘书，秘书\n李司机", offices=[office.pk])

    first, again = client.post(page, data), client.post(page, data)

    trip = Trip.objects.get()
    assert (first.url, again.url) == (address("trip", trip.pk),) * 2
    assert list(trip.party.order_by("pk").values_list("name", "title", "leads")) == [
        ("陈立", "副校长", True), ("赵倩", "科员", False), ("孙秘书", "秘书", False), ("李司机", "", False),
    ]  # fmt: skip
    assert [visit.enterprise for visit in trip.visits.order_by("stop")] == [one, two]


def test_without_a_leader_the_first_of_the_others_leads(client_of, officer):
    data = typed(None, others="寇院长, 院长\n李司机")
    client_of(officer).post("/trips/new/", data)

    assert list(Trip.objects.get().party.values_list("name", "leads")) == [("寇院长", True), ("李司机", False)]


def test_a_trip_that_ends_before_it_starts_is_refused(client_of, officer, leader):
    response = client_of(officer).post("/trips/new/", typed(leader, ends_on="2026-11-30"))

    assert errors(response) == {"ends_on": ["The trip cannot end before it starts."]}
    assert not Trip.objects.exists()


def test_a_clash_is_asked_about_and_accepted(client_of, officer, leader):
    led_visit(leader, starts_on=FIRST)
    client, page = client_of(officer), f"/trips/new/?enterprise={EnterpriseFactory().pk}"

    refused = client.post(page, typed(leader))
    assert list(errors(refused)) == ["accept_clash"]
    assert 'type="checkbox" name="accept_clash"' in refused.content.decode()
    assert not Trip.objects.exists()
    client.post(page, typed(leader, accept_clash="on"))
    assert Trip.objects.get().visits.count() == 1


def test_a_trip_shows_what_it_says_and_is_changed(client_of, officer, leader, trip):
    client = client_of(officer)
    form = client.get(address("trip_edit", trip.pk)).context["form"]
    assert (form.initial["leader"], form.initial["companions"], form.initial["others"]) == (leader.pk, [], "")

    response = client.post(address("trip_edit", trip.pk), typed(leader, version=1, cars="高铁", rooms="三间"))

    trip.refresh_from_db()
    assert (response.url, trip.cars, trip.rooms, trip.version) == (address("trip", trip.pk), "高铁", "三间", 2)
    stale = client.post(address("trip_edit", trip.pk), typed(leader, version=1, cars="飞机"))
    assert "Someone else saved this record" in stale.content.decode()
    trip.refresh_from_db()
    assert trip.cars == "高铁"


def test_the_days_show_stops_and_say_when_the_way_is_too_short(client_of, officer):
    trip = TripFactory(starts_on=FIRST, ends_on=SECOND)
    hours = [(time(9), time(10), None), (time(10, 40), None, 60), (time(13), None, 30), (time(12), None, None)]
    for stop, (starts, ends, travel) in enumerate(hours, start=1):
        VisitFactory(
            trip=trip, stop=stop, starts_on=FIRST, starts_at_time=starts, ends_at_time=ends, travel_minutes=travel,
            address="天府大道 1 号",
        )  # fmt: skip

    response = client_of(officer).get(address("trip", trip.pk))

    days = response.context["shown"].days
    assert [(day.on, len(day.stops)) for day in days] == [(FIRST, 4), (SECOND, 0)]
    ways = [stop.way and (stop.way.takes, stop.way.between, stop.way.is_short) for stop in days[0].stops]
    assert ways == [None, (60, 40, True), (30, 140, False), (None, -60, True)]
    text = response.content.decode()
    assert "too short: 40 minutes lie between them" in text
    assert "This stop begins before the one before it ends." in text
    assert text.count('href="https://uri.amap.com/search?keyword=%E5%A4%A9') == 4
    assert "No stop on this day." in text


def test_buttons_move_a_stop_without_scripts(client_of, officer, trip):
    one, two = trip.visits.filter(starts_on=FIRST).order_by("stop")
    client = client_of(officer)
    page = client.get(address("trip", trip.pk)).content.decode()
    assert page.count(f'action="{address("stop_move", one.pk)}"') == 1
    assert page.count('value="up"') == page.count('value="down"') == 1

    response = client.post(address("stop_move", one.pk), {"to": "down"})

    assert response.url == f"{address('trip', trip.pk)}#stop-{one.pk}"
    assert [visit.pk for visit in trip.visits.order_by("stop")][:2] == [two.pk, one.pk]


def test_a_stop_is_searched_for_and_added_with_its_hour(client_of, officer, trip):
    wanted = EnterpriseFactory(legal_name="成都启明科技", name_en="Chengdu Qiming", address="高新区 1 号")
    client, page = client_of(officer), address("stop_new", trip.pk)
    assert f"{page}?enterprise={wanted.pk}" in client.get(page, {"find": "启明"}).content.decode()
    form = client.get(f"{page}?enterprise={wanted.pk}").context["form"]
    assert form.initial["address"] == "高新区 1 号"

    said = {"form_token": str(uuid.uuid4()), "starts_on": "2026-12-02", "starts_at_time": "09:30", "travel_minutes": 25}
    client.post(f"{page}?enterprise={wanted.pk}", said)

    stop = Visit.objects.get(enterprise=wanted)
    assert (stop.starts_on, stop.starts_at_time, stop.travel_minutes, stop.stop) == (SECOND, time(9, 30), 25, 4)


def test_a_stop_form_refuses_what_cannot_be(client_of, officer, trip):
    stop = trip.visits.order_by("stop")[0]
    said = {"version": stop.version, "starts_on": "2026-12-03", "starts_at_time": "10:00", "ends_at_time": "09:00"}

    response = client_of(officer).post(address("stop_edit", stop.pk), said)

    assert list(errors(response)) == ["starts_on", "ends_at_time"]
    stop.refresh_from_db()
    assert (stop.starts_on, stop.version) == (FIRST, 1)


def test_a_stop_changes_and_leaves_the_trip(client_of, officer, trip):
    stop, client = trip.visits.order_by("stop")[0], client_of(officer)
    said = {"version": stop.version, "starts_on": "2026-12-02", "starts_at_time": "10:00", "address": "新区"}

    client.post(address("stop_edit", stop.pk), said)
    stop.refresh_from_db()
    assert (stop.starts_on, stop.starts_at_time, stop.address) == (SECOND, time(10), "新区")
    client.post(address("stop_take_off", stop.pk))
    stop.refresh_from_db()
    assert (stop.trip, client.get(address("stop_edit", stop.pk)).status_code) == (None, 404)


def test_calling_off_asks_why_and_says_so_on_the_page(client_of, officer, trip):
    client = client_of(officer)
    empty = client.post(address("trip_call_off", trip.pk), {"why": ""})
    assert (empty.status_code, trip.visits.filter(state=VisitState.CANCELLED).count()) == (422, 0)

    page = client.post(address("trip_call_off", trip.pk), {"why": "暴雨"}, follow=True).content.decode()

    assert trip.visits.filter(state=VisitState.CANCELLED).count() == 3
    assert "This trip was called off on 24 Nov 2026: 暴雨" in page
    assert address("trip_edit", trip.pk) not in page


@pytest.mark.parametrize("name", ["trip_edit", "stop_new"])
def test_leaders_see_a_trip_and_do_not_change_it(client_of, leader, trip, name):
    client = client_of(leader)

    assert address(name, trip.pk) not in client.get(address("trip", trip.pk)).content.decode()
    assert client.get(address(name, trip.pk)).status_code == 403
    assert client.post(address("trip_call_off", trip.pk), {"why": "雨"}).status_code == 403
    assert trip.visits.filter(state=VisitState.CANCELLED).count() == 0


def test_the_sheet_names_hosts_with_their_telephone(client_of, officer, trip):
    stop = trip.visits.order_by("stop")[0]
    host = ContactFactory(enterprise=stop.enterprise, name="钱总", phone="13911112222")
    ParticipantFactory(visit=stop, name="钱总", contact=host)

    page = client_of(officer).get(address("sheet", trip.pk)).content.decode()

    assert "钱总" in page
    assert 'href="tel:13911112222"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_sheet_cost_the_same_for_any_number(client_of, officer, leader, now, django_assert_num_queries, count):
    for _ in range(count):
        made = plan_trip(
            name="行", starts_on=FIRST, ends_on=SECOND, by=officer, at=now, accept_clash=True,
            enterprises=EnterpriseFactory.create_batch(count), party=[(leader, leader.name, "", True)],
        )  # fmt: skip
    client = client_of(officer)

    # session, user, grants, count, trips, school, unread
    with django_assert_num_queries(7):
        page = client.get("/trips/?when=ahead")
    assert [(row.stop_count, row.leaders) for row in page.context["page"]] == [(count, ["陈立"])] * count
    # session, user, grants, trip, offices, totals, stops, their people, party, school, unread
    with django_assert_num_queries(11):
        client.get(address("sheet", made.pk))


@pytest.mark.parametrize(
    ("query", "found"), [("when=past", ["旧"]), ("when=ahead", ["新"]), ("find=新", ["新"]), ("mine=on", ["新"])]
)
def test_trips_are_narrowed(client_of, officer, query, found):
    TripFactory(name="旧", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2))
    TripFactory(name="新", starts_on=FIRST, ends_on=SECOND, organiser=officer)

    assert [row.name for row in client_of(officer).get(f"/trips/?{query}").context["page"]] == found
