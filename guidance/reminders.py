"""Appointments of the next day; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models.people import User
from guidance.choices import AppointmentState
from guidance.models import Appointment

AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class Reminder:
    """One message to one person; the key changes with the hour."""

    key: str
    to: User
    appointment: Appointment


def due_reminders(now: datetime) -> Iterator[Reminder]:
    """Every reminder that should exist by now, including ones already queued: both people, a day ahead."""
    booked = Appointment.objects.filter(state=AppointmentState.BOOKED, slot__starts_at__gt=now)
    for each in booked.filter(slot__starts_at__lte=now + AHEAD).select_related("slot__adviser__user", "student"):
        for person in (each.student, each.slot.adviser.user):
            yield Reminder(f"appointment:{each.pk}:1d:{each.slot.starts_at:%Y%m%dT%H%M}", person, each)


def appointment_still_ahead(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending."""
    booked = Appointment.objects.filter(pk=subject_id, state=AppointmentState.BOOKED)
    return booked.filter(slot__starts_at__gt=now).exists()
