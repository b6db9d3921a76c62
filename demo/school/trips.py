"""A trip of three days with its stops, an enterprise that comes to the school, and a talk online."""

from __future__ import annotations

from datetime import date, time, timedelta

from demo.school.world import World
from demo.words import trips as words
from travel.services.stops import add_stops
from travel.services.trips import plan_trip
from visits.choices import Direction, Medium
from visits.models.campaigns import Trip
from visits.services import planning

AHEAD = 25  # working days until the trip: after everything that the sample school has planned


def build_trips(world: World) -> None:
    """All three are ahead, and nobody is in two places at once."""
    trip = _trip(world)
    for told in words.STOPS:
        _stop(world, trip, told)
    _incoming(world)
    _online(world)


def _trip(world: World) -> Trip:
    first = _first_day(world)
    party = [world.staff["pengzhiyuan"], world.staff["sunlifang"], world.staff["luojianping"]]
    return plan_trip(
        name=words.NAME,
        starts_on=first,
        ends_on=first + timedelta(days=2),
        campaign=world.campaigns[0],
        offices=world.offices[:2],
        party=[
            *((user, user.name, user.title, place == 0) for place, user in enumerate(party)),
            (None, *words.DRIVER, False),
        ],
        goal=words.GOAL.format(class_of=world.graduating),
        cars=words.CARS,
        rooms=words.ROOMS,
        notes=words.NOTES,
        by=world.officer,
        at=world.at(world.workday(-1)),
    )


def _first_day(world: World) -> date:
    """A Monday to Wednesday, so that the three days are working days."""
    day = world.workday(AHEAD)
    while day.weekday() > 2:  # noqa: PLR2004
        day += timedelta(days=1)
    return day


def _stop(world: World, trip: Trip, told: words.StopWords) -> None:
    partner = world.partner(told.partner)
    add_stops(
        trip,
        [partner.record],
        day=trip.starts_on + timedelta(days=told.day),
        starts_at_time=told.starts,
        ends_at_time=told.ends,
        travel_minutes=told.minutes,
        place=f"{told.partner}会议室",
        guests=partner.contacts[:2],
        by=world.officer,
        at=world.at(world.workday(-1)),
    )


def _incoming(world: World) -> None:
    partner = world.partner(words.INCOMING)
    planning.plan_visit(
        partner.record,
        by=world.officer,
        at=world.at(world.workday(-1)),
        starts_on=world.workday(16),
        starts_at_time=time(9, 30),
        ends_at_time=time(11, 30),
        leader=world.leader,
        companions=[world.staff["sunlifang"]],
        guests=partner.contacts[:3],
        campaigns=[world.campaigns[0]],
        direction=Direction.INCOMING,
        rooms=world.facilities[:1],
        places_shown=world.facilities[1:3],
        goal=words.INCOMING_GOAL,
        agenda=words.INCOMING_AGENDA,
        questions=words.INCOMING_QUESTIONS,
        notes=words.INCOMING_NOTES,
    )


def _online(world: World) -> None:
    partner = world.partner(words.ONLINE)
    planning.plan_visit(
        partner.record,
        by=world.staff["college"],
        at=world.at(world.workday(-1)),
        starts_on=world.workday(17),
        starts_at_time=time(15, 0),
        ends_at_time=time(16, 0),
        leader=world.staff["college"],
        guests=partner.contacts[:2],
        campaigns=[world.campaigns[1]],
        medium=Medium.ONLINE,
        place=words.ONLINE_PLACE,
        online_url=words.ONLINE_URL,
        goal=words.ONLINE_GOAL,
        questions=words.ONLINE_QUESTIONS,
    )
