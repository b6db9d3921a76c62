"""The list of trips, and the page of one: its days with their stops, and the way between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet

from accounts.models.people import User
from partnerships.choices.agreements import Side
from partnerships.models.agreements import Agreement
from partnerships.models.codes import Province
from travel.selectors.ways import Way, way_between
from visits import counting
from visits.choices import AHEAD, TOOK_PLACE, Measure, VisitState
from visits.maps import map_link
from visits.models.campaigns import ReportedTotal, Trip, TripMember
from visits.models.visits import Participant, Visit, VisitQuerySet
from visits.selectors.campaigns import Stated, latest


@dataclass(frozen=True)
class Stop:
    """A visit with its number on the trip, the way to it, and where its order may go."""

    number: int
    visit: Visit
    way: Way | None
    map: str
    goes_up: bool
    goes_down: bool

    @property
    def is_ahead(self) -> bool:
        return self.visit.state in AHEAD

    @property
    def hosts(self) -> list[Participant]:
        """Who of the enterprise takes part; reads what was fetched with the visit."""
        return [person for person in self.visit.participants.all() if person.side == Side.ENTERPRISE]


@dataclass(frozen=True)
class Day:
    """One day of a trip; without a date for stops of which the day is not known."""

    on: date | None
    stops: list[Stop]


@dataclass(frozen=True)
class TripPage:
    days: list[Day]
    called_off: list[Visit]
    provinces: list[Province]
    party: list[TripMember]
    stated: list[Stated]

    @property
    def has_stops_ahead(self) -> bool:
        return any(stop.is_ahead for day in self.days for stop in day.stops)

    @property
    def number(self) -> int:
        return sum(len(day.stops) for day in self.days)


def trip_list(user: User, filters: dict[str, Any], *, on: date) -> QuerySet[Trip]:
    """Trips with the number of their stops and who leads them; those ahead first, unless the past is asked for."""
    stops = Count("visits", filter=~Q(visits__state=VisitState.CANCELLED))
    leaders = TripMember.objects.filter(trip=OuterRef("pk"), leads=True).order_by("pk").values("name")
    rows = Trip.objects.visible_to(user).select_related("campaign", "organiser")
    rows = rows.annotate(stop_count=stops, leaders=ArraySubquery(leaders))
    if filters.get("find"):
        rows = rows.filter(name__icontains=filters["find"])
    if filters.get("when") == "ahead":
        rows = rows.filter(ends_on__gte=on, called_off_at=None)
    if filters.get("when") == "past":
        rows = rows.filter(ends_on__lt=on)
    if filters.get("mine"):
        rows = rows.filter(Q(organiser=user) | Q(pk__in=TripMember.objects.filter(user=user).values("trip")))
    return rows.order_by(F("starts_on").desc(), "-pk")


def trips_ahead(user: User, *, on: date) -> QuerySet[Trip]:
    """Trips that stops may still be added to, the next one first."""
    rows = Trip.objects.visible_to(user).standing().filter(ends_on__gte=on).order_by("starts_on", "pk")
    return rows if user.is_office else rows.filter(organiser=user)


def trip_with_parts(user: User) -> QuerySet[Trip]:
    rows = Trip.objects.visible_to(user).select_related("campaign", "organiser")
    return rows.prefetch_related("offices", "reported_totals")


def trip_page(user: User, trip: Trip) -> TripPage:
    """The stops in the order of travel with what was agreed at each; provinces follow from the stops."""
    agreements = Prefetch("agreements", Agreement.objects.visible_to(user), to_attr="shown_agreements")
    visits = list(_stops(user, trip).prefetch_related("topics", "intentions", agreements))
    standing = [visit for visit in visits if visit.state != VisitState.CANCELLED]
    provinces = {visit.enterprise.province for visit in standing if visit.enterprise.province is not None}
    held = Visit.objects.filter(trip=trip, state__in=TOOK_PLACE).order_by()
    return TripPage(
        days=_days(trip, standing),
        called_off=[visit for visit in visits if visit.state == VisitState.CANCELLED],
        provinces=sorted(provinces, key=lambda province: province.code),
        party=list(trip.party.select_related("user")),
        stated=[Stated(total, _on_file(held, total)) for total in latest(trip.reported_totals.all()).values()],
    )


def sheet_days(user: User, trip: Trip) -> list[Day]:
    """The days of a trip for paper: stops with the people who take part; two queries."""
    people = Prefetch("participants", Participant.objects.select_related("user", "contact").order_by("side", "pk"))
    return _days(trip, list(_stops(user, trip).exclude(state=VisitState.CANCELLED).prefetch_related(people)))


def _stops(user: User, trip: Trip) -> VisitQuerySet:
    stops: VisitQuerySet = Visit.objects.visible_to(user).filter(trip=trip)
    named = stops.select_related("enterprise__province", "enterprise__region")
    return named.order_by("starts_on", F("stop").asc(nulls_last=True), "starts_at_time", "pk")


def _days(trip: Trip, visits: list[Visit]) -> list[Day]:
    """Every day of the trip, stops or none; then those whose day nobody knows."""
    dates: list[date | None] = [trip.starts_on + timedelta(days=number) for number in range(trip.days)]
    dates += sorted({visit.starts_on for visit in visits if visit.starts_on} - set(dates))
    if any(visit.starts_on is None for visit in visits):
        dates.append(None)
    days, number = [], 1
    for day in dates:
        found = [visit for visit in visits if visit.starts_on == day]
        days.append(Day(day, _numbered(found, number)))
        number += len(found)
    return days


def _numbered(visits: list[Visit], first: int) -> list[Stop]:
    last = len(visits) - 1
    return [
        Stop(
            number=first + place,
            visit=visit,
            way=way_between(visits[place - 1], visit) if place else None,
            map=map_link(visit.address),
            goes_up=place > 0,
            goes_down=place < last,
        )
        for place, visit in enumerate(visits)
    ]


def _on_file(held: VisitQuerySet, total: ReportedTotal) -> int:
    """The rows of a trip behind one stated total."""
    if total.measure == Measure.OPENINGS:
        return counting.openings_at(held).places()
    return counting.COUNTED[Measure(total.measure)](held).count()
