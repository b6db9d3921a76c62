"""Events of the next day; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models.people import User
from events.choices import EventState, RegistrationState
from events.models import Event, Registration

AHEAD = timedelta(days=1)
# An event whose hour nobody has named is reminded of as if it began at this one, and is over with its day.
USUAL_START, LAST_MOMENT = time(9), time(23, 59, 59)


@dataclass(frozen=True)
class Reminder:
    """One message to one person; the key changes with the day and the hour. `place` is empty for the organiser."""

    key: str
    to: User
    event: Event
    place: Registration | None


def starts_at(event: Event) -> datetime:
    """When an event with a day begins, in the school's time."""
    return _moment(event, event.starts_at_time or USUAL_START)


def _moment(event: Event, hour: time) -> datetime:
    assert event.held_on is not None  # noqa: S101 - announced events have a day
    return timezone.make_aware(datetime.combine(event.held_on, hour))


def _is_ahead(event: Event, now: datetime) -> bool:
    return now < _moment(event, event.starts_at_time or LAST_MOMENT)


def due_reminders(now: datetime) -> Iterator[Reminder]:
    """Every reminder that should exist by now, including ones already queued: a day ahead, to all who have a place.

    Whoever signed up within that day has just read when it is, and is not reminded; the organiser is.
    """
    for event in _tomorrow(now):
        key = f"event:{event.pk}:1d:{starts_at(event):%Y%m%dT%H%M}"
        signed_up = event.registrations.filter(state=RegistrationState.REGISTERED, at__lte=starts_at(event) - AHEAD)
        for place in signed_up.select_related("student"):
            yield Reminder(key, place.student, event, place)
        if event.organiser is not None:
            yield Reminder(f"{key}:organiser", event.organiser, event, None)


def _tomorrow(now: datetime) -> Iterator[Event]:
    today = timezone.localdate(now)
    announced = Event.objects.filter(state=EventState.PUBLISHED, held_on__range=(today, today + AHEAD))
    for event in announced.select_related("organiser", "room"):
        if starts_at(event) - AHEAD <= now and _is_ahead(event, now):
            yield event


def event_still_ahead(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending, for the organiser."""
    event = Event.objects.filter(pk=subject_id, state=EventState.PUBLISHED, held_on__isnull=False).first()
    return event is not None and _is_ahead(event, now)


def place_still_kept(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending, for somebody who signed up."""
    kept = Registration.objects.filter(pk=subject_id, state=RegistrationState.REGISTERED).select_related("event")
    return any(event_still_ahead(place.event_id, now=now) for place in kept)
