"""Who or what would be in two places at once: people of the school and reserved rooms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from partnerships.choices.agreements import Side
from visits.choices import AHEAD, PartOfDay, VisitState
from visits.models.visits import Participant, Visit
from visits.selectors.words import room_keys_of

DAY = 24 * 60
USUAL = 60  # minutes that a visit is taken to last while nobody has said until when
PARTS: dict[str, tuple[int, int]] = {
    PartOfDay.MORNING: (0, 12 * 60),
    PartOfDay.AFTERNOON: (12 * 60, 18 * 60),
    PartOfDay.EVENING: (18 * 60, DAY),
}


@dataclass(frozen=True)
class Span:
    """Minutes of one day: from, and until (not part of it); `is_timed` where an hour was given."""

    starts: int
    ends: int
    is_timed: bool

    def meets(self, other: Span) -> bool:
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True)
class Booked:
    """What is asked for: a day, its hours, who goes, which rooms, and the trip that it is a stop of."""

    starts_on: date | None
    span: Span
    people: frozenset[int]
    rooms: frozenset[int] = frozenset()
    trip: int | None = None


@dataclass(frozen=True)
class Clash:
    """Somebody, or a room, that another visit needs at the same time."""

    key: tuple[str, int, int]  # what, which, and the other visit
    name: str
    visit: Visit


def minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def span_of(starts: time | None, ends: time | None, part_of_day: str = "") -> Span:
    """The hours of a visit; the whole part of a day, or the whole day, where no hour is known."""
    if starts is None:
        return Span(*PARTS.get(part_of_day, (0, DAY)), is_timed=False)
    begins = minutes(starts)
    return Span(begins, minutes(ends) if ends else min(begins + USUAL, DAY), is_timed=True)


def span(visit: Visit) -> Span:
    return span_of(visit.starts_at_time, visit.ends_at_time, visit.part_of_day)


def booked(visit: Visit, people: Collection[int], rooms: Collection[int]) -> Booked:
    """What a visit takes up, with people and rooms that are known already."""
    return Booked(visit.starts_on, span(visit), frozenset(people), frozenset(rooms), visit.trip_id)


def booked_by(visit: Visit) -> Booked:
    """The same, read from the tables; two queries."""
    seats = visit.participants.filter(side=Side.SCHOOL, user__isnull=False).order_by()
    rooms = Visit.rooms.through.objects.filter(visit=visit).values_list("facility", flat=True)
    return booked(visit, seats.values_list("user", flat=True), rooms)


def of_visit(visit: Visit) -> list[Clash]:
    """What a visit ahead takes away from others; reads what was fetched with it (visit_with_people)."""
    if visit.state not in AHEAD:
        return []
    seats = (person for person in visit.participants.all() if person.side == Side.SCHOOL)
    people = [person.user_id for person in seats if person.user_id is not None]
    return clashes_of(booked(visit, people, room_keys_of(visit)), other_than=visit.pk)


def clashes_of(wanted: Booked, *, other_than: int | None) -> list[Clash]:
    """People and rooms that a visit which was not called off has at that time; at most two queries.

    Stops of one trip follow each other: they clash only where both have hours.
    """
    if wanted.starts_on is None:
        return []
    found = [*_seats(wanted, other_than), *_rooms(wanted, other_than)]
    return sorted(found, key=lambda clash: (span(clash.visit).starts, clash.visit.pk, clash.key))


def _meets(wanted: Booked, visit: Visit) -> bool:
    other = span(visit)
    follows = wanted.trip is not None and wanted.trip == visit.trip_id and not (wanted.span.is_timed and other.is_timed)
    return not follows and wanted.span.meets(other)


def _seats(wanted: Booked, other_than: int | None) -> list[Clash]:
    if not wanted.people:
        return []
    seats = Participant.objects.filter(
        side=Side.SCHOOL, user__in=wanted.people, visit__starts_on=wanted.starts_on, was_present=True
    )
    seats = seats.exclude(visit__state=VisitState.CANCELLED).exclude(visit=other_than)
    rows = seats.select_related("user", "visit__enterprise").order_by("pk")
    return [
        Clash(("person", row.user_id or 0, row.visit_id), str(row), row.visit)
        for row in rows
        if _meets(wanted, row.visit)
    ]


def _rooms(wanted: Booked, other_than: int | None) -> list[Clash]:
    if not wanted.rooms:
        return []
    held = Visit.rooms.through.objects.filter(facility__in=wanted.rooms, visit__starts_on=wanted.starts_on)
    held = held.exclude(visit__state=VisitState.CANCELLED).exclude(visit=other_than)
    rows = held.select_related("facility", "visit__enterprise").order_by("pk")
    return [
        Clash(("room", row.facility_id, row.visit_id), str(row.facility), row.visit)
        for row in rows
        if _meets(wanted, row.visit)
    ]
