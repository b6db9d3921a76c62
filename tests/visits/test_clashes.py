"""Nobody is in two places at once, and no room is given away twice: found, refused, accepted, held by a lock."""

import threading
from datetime import date, time

import pytest
from django.db import connection

from accounts.choices import Role
from core.errors import RuleBroken
from tests.factories.accounts import FacilityFactory, person
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import TripFactory, VisitFactory, led_visit
from visits.choices import Direction, ParticipantPart, PartOfDay, VisitState
from visits.models.visits import Visit
from visits.services import planning
from visits.services.clashing import Clashing

DAY = date(2026, 12, 2)
pytestmark = pytest.mark.django_db


def plan(by, now, leader, **said):
    fields = {"starts_on": DAY, "starts_at_time": time(10), **said}
    return planning.plan_visit(EnterpriseFactory(), by=by, at=now, leader=leader, **fields)


@pytest.mark.parametrize(
    ("there", "wanted", "clashes"),
    [
        ({"starts_at_time": time(9), "ends_at_time": time(10)}, {"starts_at_time": time(10)}, False),
        ({"starts_at_time": time(9), "ends_at_time": time(10, 1)}, {"starts_at_time": time(10)}, True),
        ({"starts_at_time": time(9)}, {"starts_at_time": time(10)}, False),
        ({"starts_at_time": time(9)}, {"starts_at_time": time(9, 59)}, True),
        ({"starts_at_time": time(11)}, {"starts_at_time": time(9), "ends_at_time": time(11, 30)}, True),
        ({"part_of_day": PartOfDay.MORNING}, {"part_of_day": PartOfDay.AFTERNOON}, False),
        ({"part_of_day": PartOfDay.AFTERNOON}, {"starts_at_time": time(13)}, True),
        ({}, {"starts_at_time": time(13)}, True),
        ({}, {}, True),
        ({"state": VisitState.CANCELLED}, {}, False),
        ({"starts_on": date(2026, 12, 3)}, {}, False),
    ],
)
def test_a_leader_is_taken_while_another_visit_lasts(officer, leader, now, there, wanted, clashes):
    led_visit(leader, **{"starts_on": DAY, **there})
    wanted = {"starts_at_time": None, **wanted}

    if clashes:
        with pytest.raises(Clashing):
            plan(officer, now, leader, **wanted)
    else:
        plan(officer, now, leader, **wanted)
    assert Visit.objects.count() == 2 - clashes


def test_the_refusal_names_who_where_and_when(officer, leader, now):
    there = EnterpriseFactory(name_en="Huirun Group")
    led_visit(leader, enterprise=there, starts_on=DAY, starts_at_time=time(9, 30), ends_at_time=time(11))

    with pytest.raises(Clashing) as refused:
        plan(officer, now, officer, companions=[leader])

    assert refused.value.field == "accept_clash"
    assert str(refused.value) == (
        "Chen Li is taken on 2 Dec 2026 09:30–11:00: Huirun Group. Choose another time, or tick “Plan it all the same”."
    )


def test_a_companion_elsewhere_is_found_as_a_leader_is(officer, leader, college_staff, now):
    plan(officer, now, leader, companions=[college_staff])

    with pytest.raises(Clashing, match="Zhao Qian"):
        plan(officer, now, college_staff)
    assert Visit.objects.count() == 1


def test_what_is_accepted_once_is_not_asked_again_but_a_new_clash_is(officer, leader, now):
    led_visit(leader, starts_on=DAY)
    visit = plan(officer, now, leader, accept_clash=True)
    planning.change_visit(visit, version=1, fields={"goal": "谈实习"}, by=officer, at=now)
    led_visit(leader, starts_on=date(2026, 12, 3), enterprise=EnterpriseFactory(name_en="Huirun Group"))

    with pytest.raises(Clashing, match="Huirun Group"):
        planning.change_visit(visit, version=2, fields={"starts_on": date(2026, 12, 3)}, by=officer, at=now)
    visit.refresh_from_db()
    assert (visit.goal, visit.starts_on, visit.version) == ("谈实习", DAY, 2)


def test_a_new_companion_who_is_elsewhere_is_refused_and_nobody_is_seated(officer, leader, college_staff, now):
    led_visit(college_staff, starts_on=DAY)
    visit = plan(officer, now, leader)

    fields = {"leader": leader, "companions": [college_staff]}
    with pytest.raises(Clashing):
        planning.change_visit(visit, version=1, fields=fields, by=officer, at=now)
    assert [seat.user for seat in visit.participants.all()] == [leader]


def test_a_room_is_not_given_away_twice(officer, leader, now):
    room, incoming = FacilityFactory(name_en="Hall A"), {"direction": Direction.INCOMING}
    plan(officer, now, leader, rooms=[room], **incoming)
    other = person(Role.LEADER)

    with pytest.raises(Clashing, match="Hall A is taken on 2 Dec 2026 10:00"):
        plan(officer, now, other, rooms=[room], **incoming)
    plan(officer, now, other, rooms=[FacilityFactory()], **incoming)
    plan(officer, now, person(Role.LEADER), rooms=[room], accept_clash=True, **incoming)
    assert Visit.objects.count() == 3


def test_a_past_visit_and_one_that_took_place_are_not_compared(officer, leader, now):
    led_visit(leader, starts_on=date(2026, 11, 20), state=VisitState.HELD)
    held = led_visit(leader, starts_on=date(2026, 11, 19), state=VisitState.HELD)

    planning.change_visit(held, version=1, fields={"starts_on": date(2026, 11, 20)}, by=officer, at=now)

    held.refresh_from_db()
    assert held.starts_on == date(2026, 11, 20)


def test_stops_of_one_trip_follow_each_other_unless_their_hours_meet(officer, leader, now):
    trip = TripFactory(starts_on=DAY, ends_on=DAY)
    plan(officer, now, leader, trip=trip, starts_at_time=None)
    plan(officer, now, leader, trip=trip, starts_at_time=time(9))

    with pytest.raises(Clashing):
        plan(officer, now, leader, trip=trip, starts_at_time=time(9, 30))
    with pytest.raises(RuleBroken, match="At that hour the trip is at another stop") as refused:
        plan(officer, now, None, trip=trip, starts_at_time=time(9), accept_clash=True)
    assert (refused.value.field, Visit.objects.count()) == ("starts_at_time", 2)


def test_who_was_not_there_is_free(officer, leader, now):
    other = VisitFactory(starts_on=DAY)
    other.participants.create(side="school", user=leader, name="陈立", part=ParticipantPart.LEADS, was_present=False)

    plan(officer, now, leader)
    assert Visit.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_plan_at_the_same_moment_do_not_both_get_the_leader(now):
    office, leader = person(Role.OFFICER), person(Role.LEADER)
    enterprises = [EnterpriseFactory(), EnterpriseFactory()]
    gate, outcomes = threading.Barrier(2), []

    def plans(enterprise):
        try:
            gate.wait(timeout=10)
            planning.plan_visit(
                enterprise,
                by=office,
                at=now,
                starts_on=DAY,
                starts_at_time=time(10),
                leader=leader,
                companions=[office],
            )
            outcomes.append("planned")
        except Clashing:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=plans, args=[enterprise]) for enterprise in enterprises]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(outcomes) == ["planned", "refused"]
    assert Visit.objects.count() == 1
