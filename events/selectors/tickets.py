"""What a student has signed up for."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models.people import User
from events.choices import AWAITED, EventState, RegistrationState
from events.models import Event, Registration


def registrations_of(student: User) -> QuerySet[Registration]:
    """Everything a student signed up for or came to, newest day first."""
    rows = student.registrations.exclude(state=RegistrationState.CANCELLED)
    return rows.select_related("event__room").order_by("-event__held_on", "-event__starts_at_time", "-pk")


def events_of(student: User) -> QuerySet[Event]:
    """Announced events at which a student has a place or waits for one, in the order of their days."""
    mine = student.registrations.filter(state__in=AWAITED)
    rows = Event.objects.filter(state=EventState.PUBLISHED, pk__in=mine.values("event"))
    return rows.select_related("room").order_by("held_on", "starts_at_time", "pk")
