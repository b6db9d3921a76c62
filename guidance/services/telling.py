"""What students and advisers hear of an appointment."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from accounts.models.people import User
from guidance.models import Appointment
from guidance.reminders import words_of
from notifications.choices import Matter
from notifications.services.notifying import notify


def tell_now(appointment: Appointment, to: User, what: str, *, at: datetime) -> int:
    """`what` is booked, changed, left or cancelled; how many messages are new."""
    with translation.override(to.language):
        context = dict(words_of(appointment, what, to))
    return notify(
        to,
        key=f"appointment:{appointment.pk}:{what}:{at:%Y%m%dT%H%M%S%f}",
        matter=Matter.GUIDANCE,
        template="emails/guidance/appointment.txt",
        context=context,
        at=at,
        link=reverse("guidance:appointment", args=[appointment.pk]),
    )
