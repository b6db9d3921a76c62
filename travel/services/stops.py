"""The stops of a trip: added, put in order, moved to another day, taken off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from partnerships.models.enterprises import Enterprise
from travel import rules
from travel.services.party import leader_of, seat_others, with_account
from visits.choices import AHEAD
from visits.models.campaigns import Trip
from visits.models.visits import Visit
from visits.services import planning
from visits.services.stops import in_order, number

UP, DOWN = -1, 1


@transaction.atomic
def add_stops(
    trip: Trip,
    enterprises: Iterable[Enterprise],
    *,
    day: date,
    by: User,
    at: datetime,
    accept_clash: bool = False,
    **plan: Any,
) -> list[Visit]:
    """Plan a visit to each for the party of the trip, after the stops that the day has. Raises RuleBroken.

    `plan` is what a plan says besides, see VisitPlan.
    """
    trip = lock(trip)
    rules.can_change_trip(by, trip).or_raise()
    party = list(trip.party.select_related("user"))
    said: dict[str, Any] = {"goal": trip.goal, "campaigns": [trip.campaign] if trip.campaign else [], **plan}
    made = []
    for enterprise in enterprises:
        stop = planning.plan_visit(
            enterprise, by=by, at=at, starts_on=day, leader=leader_of(party), companions=with_account(party), trip=trip,
            accept_clash=accept_clash, **{"address": enterprise.address, **said},
        )  # fmt: skip
        seat_others(stop, party)
        made.append(stop)
    return made


@transaction.atomic
def change_stop(
    stop: Visit, *, version: int, fields: dict[str, Any], by: User, at: datetime, accept_clash: bool = False
) -> Visit:
    """Another day, hour, way or address; a stop that goes to another day comes last there, or at its hour."""
    _may_change(stop, by)
    return planning.change_visit(stop, version=version, fields=fields, by=by, at=at, accept_clash=accept_clash)


@transaction.atomic
def move_stop(stop: Visit, step: int, *, by: User) -> None:
    """One place up or down among the stops of its day; where there is no such place nothing happens."""
    trip = _may_change(stop, by)
    stops = in_order(trip.pk)
    keys = [each.pk for each in stops]
    if stop.pk not in keys:
        raise RuleBroken(_("This stop was called off."))
    here = keys.index(stop.pk)
    there = here + step
    if 0 <= there < len(stops) and stops[there].starts_on == stops[here].starts_on:
        stops[here], stops[there] = stops[there], stops[here]
        number(stops)


@transaction.atomic
def take_off(stop: Visit, *, by: User, at: datetime) -> Visit:
    """The visit stays as it is planned, and is no stop of the trip any more; nobody is asked of the hours it had."""
    _may_change(stop, by)
    return planning.change_visit(stop, version=None, fields={"trip": None}, by=by, at=at, accept_clash=True)


def _may_change(stop: Visit, by: User) -> Trip:
    """The trip of a stop, locked. Raises RuleBroken for a visit that is no stop ahead."""
    if stop.trip is None:
        raise RuleBroken(_("This visit is no stop of a trip."))
    trip = lock(stop.trip)
    rules.can_change_trip(by, trip).or_raise()
    if stop.state not in AHEAD:
        raise RuleBroken(_("Only stops that are still ahead are moved."))
    return trip
