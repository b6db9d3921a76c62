"""Who came to an event, and what they said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, QuerySet
from django.utils.translation import pgettext

from events.choices import EventState, RegistrationState
from events.models import Event, EventFeedback, Registration

CAME, WALKED_IN, MISSED, AWAITED = "came", "walked_in", "missed", "awaited"


def attendance(event: Event) -> QuerySet[Registration]:
    """Everyone with a place, who waits, or who came; by number."""
    rows = event.registrations.exclude(state=RegistrationState.CANCELLED)
    return rows.select_related("student__student_profile__major").order_by("student__number")


def outcome(registration: Registration, event: Event) -> str:
    """One of the four; who waits and did not come is neither."""
    if registration.state == RegistrationState.WALK_IN:
        return WALKED_IN
    if registration.checked_in_at:
        return CAME
    if registration.state == RegistrationState.REGISTERED and event.state == EventState.HELD:
        return MISSED
    return AWAITED if registration.state == RegistrationState.REGISTERED else RegistrationState.WAITING.value


def outcome_words(key: str) -> str:
    return {
        CAME: pgettext("attendance", "Came"),
        WALKED_IN: pgettext("attendance", "Came without signing up"),
        MISSED: pgettext("attendance", "Did not come"),
        AWAITED: pgettext("attendance", "Expected"),
        RegistrationState.WAITING.value: pgettext("attendance", "On the waiting list"),
    }[key]


@dataclass(frozen=True)
class Line:
    """A row of the list of attendance."""

    registration: Registration
    outcome: str
    words: str


def lines(event: Event, rows: Any) -> list[Line]:
    found = [(row, outcome(row, event)) for row in rows]
    return [Line(row, key, outcome_words(key)) for row, key in found]


def counts(event: Event) -> list[tuple[str, int]]:
    """How many of each, in words."""
    keys = [outcome(row, event) for row in event.registrations.exclude(state=RegistrationState.CANCELLED)]
    order = (CAME, WALKED_IN, MISSED, AWAITED, RegistrationState.WAITING.value)
    return [(outcome_words(key), keys.count(key)) for key in order if key in keys]


@dataclass(frozen=True)
class Results:
    """What those who were there said: of how many, on average, and how many gave each number of stars."""

    said: int
    came: int
    average: float
    by_stars: list[tuple[int, int, int]]  # stars, how many, per cent


def results(event: Event) -> Results | None:
    """None where nobody said anything."""
    rows = EventFeedback.objects.filter(registration__event=event).order_by()
    counted = dict(rows.values_list("stars").annotate(Count("pk")))
    said = sum(counted.values())
    if not said:
        return None
    average = rows.aggregate(average=Avg("stars"))["average"]
    return Results(
        said=said,
        came=event.registrations.filter(checked_in_at__isnull=False).count(),
        average=round(average, 1),
        by_stars=[(n, counted.get(n, 0), round(100 * counted.get(n, 0) / said)) for n in range(5, 0, -1)],
    )


def remarks(event: Event) -> QuerySet[EventFeedback]:
    """The words among them, without names."""
    return EventFeedback.objects.filter(registration__event=event).exclude(text="").only("stars", "text", "at")
