"""The stops of a trip: added, put in order, moved to another day, taken off, each number once."""

import threading
from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.choices import Role
from core.errors import RuleBroken
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import TripFactory, VisitFactory
from travel.services.stops import DOWN, UP, add_stops, change_stop, move_stop, take_off
from travel.services.trips import call_off_trip, plan_trip
from visits.choices import VisitState
from visits.models.visits import Visit
from visits.services import planning

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)


@pytest.fixture
def trip(officer, now):
    return plan_trip(name="赴皖苏考察", starts_on=FIRST, ends_on=SECOND, by=officer, at=now)


def add(trip, by, now, name, day=FIRST, **plan):
    (stop,) = add_stops(trip, [EnterpriseFactory(legal_name=name)], day=day, by=by, at=now, **plan)
    return stop


def order(trip):
    rows = trip.visits.exclude(state=VisitState.CANCELLED).order_by("stop")
    return [(visit.stop, visit.enterprise.legal_name, visit.starts_on) for visit in rows]


def test_a_stop_comes_last_on_its_day_or_at_its_hour(trip, officer, now):
    add(trip, officer, now, "甲", starts_at_time=time(14))
    add(trip, officer, now, "丙", day=SECOND)
    add(trip, officer, now, "乙", starts_at_time=time(9))
    add(trip, officer, now, "丁")

    assert order(trip) == [(1, "乙", FIRST), (2, "甲", FIRST), (3, "丁", FIRST), (4, "丙", SECOND)]


def test_stops_go_up_and_down_within_their_day_and_no_further(trip, officer, now):
    one, two, three = (add(trip, officer, now, name) for name in "甲乙丙")
    other = add(trip, officer, now, "丁", day=SECOND)

    move_stop(three, UP, by=officer)
    assert [name for _stop, name, _day in order(trip)] == ["甲", "丙", "乙", "丁"]
    move_stop(one, DOWN, by=officer)
    assert [name for _stop, name, _day in order(trip)] == ["丙", "甲", "乙", "丁"]
    move_stop(three, UP, by=officer)
    move_stop(two, DOWN, by=officer)
    move_stop(other, UP, by=officer)
    assert order(trip) == [(1, "丙", FIRST), (2, "甲", FIRST), (3, "乙", FIRST), (4, "丁", SECOND)]


def test_minutes_from_another_stop_are_forgotten_when_the_order_changes(trip, officer, now):
    one, two, three = (add(trip, officer, now, name, travel_minutes=30) for name in "甲乙丙")
    four = add(trip, officer, now, "丁", day=SECOND, travel_minutes=50)

    move_stop(two, UP, by=officer)

    minutes = {stop: Visit.objects.get(pk=stop.pk).travel_minutes for stop in (one, two, three, four)}
    assert list(minutes.values()) == [None, 30, None, 50]


def test_a_stop_goes_to_another_day_and_the_numbers_follow(trip, officer, now):
    one, _two = add(trip, officer, now, "甲"), add(trip, officer, now, "乙")
    add(trip, officer, now, "丙", day=SECOND)

    fields = {"starts_on": SECOND, "travel_minutes": 45}
    change_stop(one, version=one.version, fields=fields, by=officer, at=now)

    assert order(trip) == [(1, "乙", FIRST), (2, "丙", SECOND), (3, "甲", SECOND)]
    one.refresh_from_db()
    assert one.travel_minutes == 45


def test_a_stop_outside_the_days_is_refused(trip, officer, now):
    stop = add(trip, officer, now, "甲")

    for act in (
        lambda: change_stop(stop, version=1, fields={"starts_on": date(2026, 12, 3)}, by=officer, at=now),
        lambda: add(trip, officer, now, "乙", day=date(2026, 11, 30)),
    ):
        with pytest.raises(RuleBroken, match="lasts from 1 Dec 2026 to 2 Dec 2026") as refused:
            act()
        assert refused.value.field == "starts_on"
    assert order(trip) == [(1, "甲", FIRST)]


def test_two_stops_never_have_the_same_hour(trip, officer, now):
    add(trip, officer, now, "甲", starts_at_time=time(9), ends_at_time=time(11))

    with pytest.raises(RuleBroken, match="At that hour the trip is at another stop"):
        add(trip, officer, now, "乙", starts_at_time=time(10), accept_clash=True)
    add(trip, officer, now, "丙", starts_at_time=time(11))
    assert [name for _stop, name, _day in order(trip)] == ["甲", "丙"]


def test_a_number_stands_once_for_the_form_and_for_the_database(trip, officer, now):
    add(trip, officer, now, "甲")
    twice = VisitFactory.build(trip=trip, stop=1, enterprise=EnterpriseFactory())

    with pytest.raises(ValidationError, match="The trip has a stop with this number already"):
        twice.full_clean()
    with transaction.atomic():
        twice.save()
        with pytest.raises(IntegrityError, match="stop_once_per_trip"):
            connection.check_constraints()
        transaction.set_rollback(True)
    assert trip.visits.count() == 1


def test_a_stop_taken_off_stays_a_visit(trip, officer, now):
    stop = add(trip, officer, now, "甲", travel_minutes=20)

    take_off(stop, by=officer, at=now)

    stop.refresh_from_db()
    assert (stop.trip, stop.stop, stop.travel_minutes, stop.state) == (None, None, None, VisitState.PLANNED)
    with pytest.raises(RuleBroken, match="no stop of a trip"):
        take_off(stop, by=officer, at=now)


def test_a_stop_that_took_place_or_was_called_off_is_not_moved(trip, officer, now):
    held = VisitFactory(trip=trip, starts_on=FIRST, state=VisitState.HELD, stop=1)
    off = add(trip, officer, now, "甲")
    planning.move_visit(off, VisitState.CANCELLED, by=officer, at=now, note="取消")
    off.refresh_from_db()

    for stop in (held, off):
        with pytest.raises(RuleBroken, match="still ahead"):
            move_stop(stop, UP, by=officer)
    assert (order(trip), off.stop) == ([(1, held.enterprise.legal_name, FIRST)], None)


def test_nothing_is_added_to_a_trip_that_was_called_off(trip, officer, leader, now):
    call_off_trip(trip, why="暴雨", by=officer, at=now)

    with pytest.raises(PermissionDenied):
        add(trip, officer, now, "甲")
    with pytest.raises(RuleBroken, match="was called off") as refused:
        planning.plan_visit(EnterpriseFactory(), by=officer, at=now, starts_on=FIRST, leader=leader, trip=trip)
    assert (refused.value.field, trip.visits.count()) == ("trip", 0)


def test_others_do_not_move_the_stops_of_a_trip(trip, officer, college_staff, now):
    stop = add(trip, officer, now, "甲")

    with pytest.raises(PermissionDenied):
        take_off(stop, by=college_staff, at=now)
    assert order(trip) == [(1, "甲", FIRST)]


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_the_same_moment_get_two_numbers(now):
    office = person(Role.OFFICER)
    trip, enterprises = TripFactory(starts_on=FIRST, ends_on=SECOND), [EnterpriseFactory(), EnterpriseFactory()]
    gate = threading.Barrier(2)

    def adds(enterprise):
        try:
            gate.wait(timeout=10)
            add_stops(trip, [enterprise], day=FIRST, by=office, at=now)
        finally:
            connection.close()

    threads = [threading.Thread(target=adds, args=[enterprise]) for enterprise in enterprises]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(trip.visits.values_list("stop", flat=True)) == [1, 2]
