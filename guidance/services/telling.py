"""What students and advisers hear of an appointment."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from accounts.models.people import User
from guidance.models import Appointment
from notifications.choices import Matter
from notifications.services import notify


def tell(appointment: Appointment, to: User, what: str, *, key: str, at: datetime, still_due: str = "") -> int:
    """`what` is booked, changed, cancelled or tomorrow; how many messages are new.

    The question goes to nobody's mail: it stands on the page of the appointment.
    """
    slot = appointment.slot
    is_student = to.pk == appointment.student_id
    with translation.override(to.language):
        context: dict[str, object] = {
            "what": what,
            "with": str(slot.adviser.user if is_student else appointment.student),
            "topic": appointment.get_topic_display(),
            "starts_at": slot.starts_at,
            "ends_at": slot.ends_at,
            "place": slot.place,
            "online_url": slot.online_url,
        }
    return notify(
        to,
        key=key,
        matter=Matter.GUIDANCE,
        template="emails/guidance/appointment.txt",
        context=context,
        at=at,
        link=reverse("guidance:appointment", args=[appointment.pk]),
        still_due=still_due,
        subject_id=appointment.pk if still_due else None,
    )


def tell_now(appointment: Appointment, to: User, what: str, *, at: datetime) -> int:
    return tell(appointment, to, what, key=f"appointment:{appointment.pk}:{what}:{at:%Y%m%dT%H%M%S%f}", at=at)
