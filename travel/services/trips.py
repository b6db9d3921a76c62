"""Journeys of some days: planned, changed, called off. Their stops are visits, see services.stops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Office
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.models.enterprises import Enterprise
from travel import rules
from travel.services import party as parties
from travel.services.party import Party
from travel.services.stops import add_stops
from visits.choices import AHEAD, TOOK_PLACE, VisitState
from visits.models.campaigns import Campaign, Trip
from visits.services import planning

COLUMNS = ("name", "starts_on", "ends_on", "campaign", "goal", "cars", "rooms", "notes")


@transaction.atomic
def plan_trip(
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
    campaign: Campaign | None = None,
    is_year_assumed: bool = False,
    offices: Iterable[Office] = (),
    party: Party = (),
    enterprises: Sequence[Enterprise] = (),
    accept_clash: bool = False,
    **notes: str,
) -> Trip:
    """A journey of some days; the party is (account or None, name, position, leads).

    `enterprises` become its stops, spread over the days in this order. `notes` are goal, cars, rooms and notes.
    Raises RuleBroken, also for what planning a visit refuses.
    """
    rules.can_plan_trip(by).or_raise()
    trip = Trip(
        name=name, starts_on=starts_on, ends_on=ends_on, campaign=campaign, is_year_assumed=is_year_assumed,
        organiser=by, version=0, **notes,
    )  # fmt: skip
    save(trip)
    trip.offices.set(offices)
    parties.write_party(trip, party)
    for day, chosen in _spread(trip, enterprises):
        add_stops(trip, chosen, day=day, by=by, at=at, accept_clash=accept_clash)
    return trip


def _spread(trip: Trip, enterprises: Sequence[Enterprise]) -> Iterable[tuple[date, Sequence[Enterprise]]]:
    """The same number for each day, one more for the first ones where it does not divide."""
    each, more = divmod(len(enterprises), trip.days)
    taken = 0
    for number in range(trip.days):
        until = taken + each + (number < more)
        yield trip.starts_on + timedelta(days=number), enterprises[taken:until]
        taken = until


@transaction.atomic
def change_trip(
    trip: Trip,
    *,
    version: int | None,
    fields: dict[str, Any],
    by: User,
    at: datetime,
    offices: Iterable[Office] | None = None,
    party: Party | None = None,
    accept_clash: bool = False,
) -> Trip:
    """Change a trip; who joins or leaves the party joins or leaves its stops ahead. Raises StaleEdit and RuleBroken."""
    trip = lock(trip, version=version)
    rules.can_change_trip(by, trip).or_raise()
    for name in COLUMNS:
        if name in fields:
            setattr(trip, name, fields[name])
    save(trip)
    _check_days(trip)
    if offices is not None:
        trip.offices.set(offices)
    if party is not None:
        before = list(trip.party.select_related("user"))
        parties.write_party(trip, party)
        parties.follow(trip, before, by=by, at=at, accept_clash=accept_clash)
    return trip


def _check_days(trip: Trip) -> None:
    """No stop is left outside the days."""
    stops = trip.visits.exclude(state=VisitState.CANCELLED).filter(starts_on__isnull=False).select_related("enterprise")
    for stop in stops.exclude(starts_on__range=(trip.starts_on, trip.ends_on)).order_by("starts_on", "pk"):
        assert stop.starts_on is not None  # noqa: S101 - filtered above
        words = _("The stop at %(enterprise)s is on %(day)s: move it first, or keep that day.")
        said = {"enterprise": stop.enterprise, "day": date_format(stop.starts_on)}
        is_early = stop.starts_on < trip.starts_on
        raise RuleBroken(words % said, field="starts_on" if is_early else "ends_on")


@transaction.atomic
def call_off_trip(trip: Trip, *, why: str, by: User, at: datetime) -> Trip:
    """Call off every stop ahead for one reason; a trip of which nothing took place is called off itself."""
    trip = lock(trip)
    rules.can_change_trip(by, trip).or_raise()
    why = why.strip()
    if not why:
        raise RuleBroken(_("Say why the trip is called off: those concerned read it."), field="why")
    for stop in trip.visits.filter(state__in=AHEAD).order_by("pk"):
        planning.move_visit(stop, VisitState.CANCELLED, by=by, at=at, note=why)
    if not trip.visits.filter(state__in=TOOK_PLACE).exists():
        trip.called_off_at, trip.called_off_why = at, why[:300]
    save(trip)
    return trip
