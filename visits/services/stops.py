"""Visits as the stops of a trip: within its days, in order, one after the other."""

from __future__ import annotations

from datetime import date, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import RuleBroken
from visits.choices import AHEAD, VisitState
from visits.models.campaigns import Trip
from visits.models.visits import Visit
from visits.selectors.clashes import Span, minutes


def hold_trips(*trips: int | None) -> None:
    """Lock trips until the end of the transaction; always before their visits, so that nobody waits in a circle."""
    keys = {key for key in trips if key is not None}
    if keys:
        list(Trip.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk", flat=True))


def check_trip(visit: Visit) -> None:
    """A stop lies within the days of its trip, which was not called off, and meets no other stop."""
    if visit.trip_id is None:
        return
    trip = Trip.objects.get(pk=visit.trip_id)  # as it is now, under its lock
    if visit.starts_on and not trip.starts_on <= visit.starts_on <= trip.ends_on:
        words = _("The trip “%(trip)s” lasts from %(first)s to %(last)s: the visit is on another day.")
        days = {"first": date_format(trip.starts_on), "last": date_format(trip.ends_on)}
        raise RuleBroken(words % {"trip": trip.name, **days}, field="starts_on")
    if visit.state not in AHEAD:
        return
    if trip.called_off_at is not None:
        raise RuleBroken(_("The trip “%(trip)s” was called off.") % {"trip": trip.name}, field="trip")
    _check_hours(visit, trip)


def _check_hours(visit: Visit, trip: Trip) -> None:
    """Two stops never have the same hour, whoever goes."""
    if visit.starts_at_time is None:
        return
    others = trip.visits.filter(starts_on=visit.starts_on, starts_at_time__isnull=False).exclude(pk=visit.pk)
    said = _said(visit)
    for other in others.exclude(state=VisitState.CANCELLED).select_related("enterprise"):
        if said.meets(_said(other)):
            words = _("At that hour the trip is at another stop: %(enterprise)s.")
            raise RuleBroken(words % {"enterprise": other.enterprise}, field="starts_at_time")


def _said(visit: Visit) -> Span:
    """The hours as they were said; a stop without an end is at its first minute only."""
    begins = minutes(visit.starts_at_time or time())
    return Span(begins, minutes(visit.ends_at_time) if visit.ends_at_time else begins + 1, is_timed=True)


def in_order(trip: int) -> list[Visit]:
    """The stops of a trip that were not called off, as they follow each other; a new one by its day and hour."""
    stops = list(Visit.objects.filter(trip=trip).exclude(state=VisitState.CANCELLED).order_by("pk"))
    ordered = sorted((stop for stop in stops if stop.stop), key=lambda stop: (_day(stop), stop.stop or 0))
    for new in (stop for stop in stops if not stop.stop):
        before = sum(not _comes_after(other, new) for other in ordered)
        ordered.insert(before, new)
    return ordered


def _comes_after(other: Visit, new: Visit) -> bool:
    if _day(other) != _day(new):
        return _day(other) > _day(new)
    return bool(other.starts_at_time and new.starts_at_time and other.starts_at_time > new.starts_at_time)


def _day(visit: Visit) -> date:
    return visit.starts_on or date.max


def number(stops: list[Visit], *, written: int | None = None) -> None:
    """Give stops their numbers in this order; the database asks at the end whether each number stands once.

    The minutes from the stop before are forgotten where another one stands before now, but for the stop just written.
    """
    befores = _befores(stops)
    moved = []
    for place, stop in enumerate(stops, start=1):
        before = stops[place - 2] if place > 1 and _day(stops[place - 2]) == _day(stop) else None
        is_new_way = before is not None and before is not befores[stop.pk] and stop.pk != written
        if stop.stop != place or (is_new_way and stop.travel_minutes is not None):
            stop.stop = place
            stop.travel_minutes = None if is_new_way else stop.travel_minutes
            moved.append(stop)
    Visit.objects.bulk_update(moved, ["stop", "travel_minutes"])


def _befores(stops: list[Visit]) -> dict[int, Visit | None]:
    """What stood before each stop on its day by the numbers that they had."""
    numbered = {stop.stop: stop for stop in stops if stop.stop}
    befores: dict[int, Visit | None] = {}
    for stop in stops:
        before = numbered.get(stop.stop - 1) if stop.stop else None
        befores[stop.pk] = before if before is not None and _day(before) == _day(stop) else None
    return befores


def settle(visit: Visit) -> None:
    """Number the stops of a visit's trip anew, after it was written; the visit learns its own number."""
    if visit.trip_id is None:
        return
    stops = in_order(visit.trip_id)
    number(stops, written=visit.pk)
    visit.stop = next((stop.stop for stop in stops if stop.pk == visit.pk), None)
