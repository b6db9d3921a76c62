"""Which interviews stand in a student's calendar, and which should. Reads only."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from calendars.models import InterviewInvitation
from placements.models.interviews import InterviewBooking, InterviewSlot

INTERVIEW_NAMES = ("slot", "application__student", "application__posting__enterprise")


@dataclass(frozen=True)
class DueInterview:
    """Something to send to one student: the appointment, a new version of it, or word that it no longer stands."""

    application_id: int
    slot: InterviewSlot
    digest: str
    is_cancelled: bool = False


def booked_ahead(now: datetime) -> QuerySet[InterviewBooking]:
    """Bookings of hours that have not begun."""
    return InterviewBooking.objects.filter(cancelled_at__isnull=True, slot__starts_at__gt=now)


def digest_of(slot: InterviewSlot) -> str:
    """Changes with the time, the place and the link."""
    facts = [slot.pk, slot.starts_at, slot.ends_at, slot.place, slot.online_url]
    return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def due_interviews(now: datetime, *, application: int | None = None) -> list[DueInterview]:
    """What is to be sent now, of one application or of all; two queries."""
    bookings = booked_ahead(now).select_related("slot", "application__interview_invitation")
    booked = InterviewBooking.objects.filter(application=OuterRef("application"), cancelled_at__isnull=True)
    standing = InterviewInvitation.objects.standing().filter(slot__starts_at__gt=now).select_related("slot")
    gone = standing.filter(~Exists(booked.order_by()))
    if application is not None:
        bookings, gone = bookings.filter(application=application), gone.filter(application=application)
    sending = [
        DueInterview(booking.application_id, booking.slot, digest_of(booking.slot))
        for booking in bookings.order_by("pk")
        if not _stands(getattr(booking.application, "interview_invitation", None), booking.slot)
    ]
    return sending + [DueInterview(row.application_id, row.slot, "", is_cancelled=True) for row in gone.order_by("pk")]


def _stands(row: InterviewInvitation | None, slot: InterviewSlot) -> bool:
    return row is not None and row.cancelled_at is None and row.digest == digest_of(slot)


def still_booked(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending, about an application."""
    return booked_ahead(now).filter(application=subject_id).exists()
