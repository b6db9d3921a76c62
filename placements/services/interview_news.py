"""What people are told of interview hours besides the appointment itself, which the calendars send."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from accounts.models.people import User
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to
from notifications.services.notifying import notify
from partnerships.models.contacts import Contact
from placements.models.interviews import InterviewBooking, InterviewSlot


def _words(booking: InterviewBooking, slot: InterviewSlot, language: str) -> dict[str, object]:
    with translation.override(language):
        posting = slot.posting
        return {
            "posting": str(posting),
            "enterprise": str(posting.enterprise),
            "student": str(booking.application.student),
            "starts_at": timezone.localtime(slot.starts_at),
        }


def tell_called_off(booking: InterviewBooking, slot: InterviewSlot, *, at: datetime) -> None:
    """The student's hour was taken back, and another one can be chosen."""
    student = booking.application.student
    notify(
        student,
        key=f"interview:{booking.pk}:called-off",
        matter=Matter.APPLICATION,
        template="emails/placements/interview_called_off.txt",
        context=_words(booking, slot, student.language),
        at=at,
        link=reverse("placements:application", args=[booking.application_id]),
    )


def tell_host(slot: InterviewSlot, booking: InterviewBooking, *, what: str, at: datetime) -> None:
    """Whoever offered the hour hears who comes, comes at another hour, or comes no more."""
    host: User | Contact | None = slot.created_by or slot.contact
    if host is None:
        return
    key = f"interview:{booking.pk}:{what}"
    template = "emails/placements/interview_booked.txt"
    context = _words(booking, slot, host.language) | {"what": what}
    if isinstance(host, User):
        link = reverse("placements:interviews", args=[slot.posting_id])
        notify(host, key=key, matter=Matter.APPLICATION, template=template, context=context, at=at, link=link)
    else:
        write_to(Letter(
            name=host.name, address=host.email, language=host.language, key=key, matter=Matter.APPLICATION,
            template=template, context=context, enterprise_id=slot.posting.enterprise_id,
        ), at=at)  # fmt: skip
