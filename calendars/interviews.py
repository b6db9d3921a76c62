"""What the appointment of an interview says, to the student who booked it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event

from accounts.selectors import school
from calendars import objects, words
from calendars.models import InterviewInvitation
from placements.models.applications import Application
from placements.models.interviews import InterviewBooking, InterviewSlot


def _event(application: Application, slot: InterviewSlot, *, stamp: datetime) -> Event:
    """One appointment per application, whichever hour is booked."""
    zone = ZoneInfo(settings.TIME_ZONE)
    posting = application.posting
    lines = [str(posting), str(posting.enterprise), slot.online_url]
    event = objects.event_of(
        "interview",
        application.pk,
        _("Interview: %(posting)s") % {"posting": posting},
        stamp=stamp,
        description="\n".join(line for line in lines if line),
        url=words.portal_link("placements:application", application.pk),
    )
    event.add("dtstart", slot.starts_at.astimezone(zone))
    event.add("dtend", slot.ends_at.astimezone(zone))
    event.add("location", slot.place or slot.online_url)
    return event


def feed_event(booking: InterviewBooking) -> Event:
    event = _event(booking.application, booking.slot, stamp=max(booking.at, booking.slot.updated_at))
    event.add("status", "CONFIRMED")
    return event


def object_for_student(application: Application, row: InterviewInvitation, *, now: datetime) -> str:
    """The part of an invitation that RFC 5546 asks for; it names nobody but the student."""
    student = application.student
    with translation.override(student.language):
        event = _event(application, row.slot, stamp=now)
        event.add("sequence", row.sequence)
        event.add("status", "CANCELLED" if row.cancelled_at else "CONFIRMED")
        event["organizer"] = objects.mail_address(settings.DEFAULT_FROM_EMAIL, str(school()))
        student_address = objects.mail_address(
            student.email, str(student), ROLE="REQ-PARTICIPANT", PARTSTAT="ACCEPTED", RSVP="FALSE"
        )
        event.add("attendee", student_address, encode=False)
        return objects.calendar_of([event], method="CANCEL" if row.cancelled_at else "REQUEST")


def words_for_student(application: Application, slot: InterviewSlot) -> dict[str, object]:
    """Plain values for the e-mail around the object."""
    with translation.override(application.student.language):
        posting, zone = application.posting, ZoneInfo(settings.TIME_ZONE)
        return {
            "posting": str(posting), "enterprise": str(posting.enterprise), "place": slot.place,
            "online_url": slot.online_url, "starts_at": slot.starts_at.astimezone(zone),
            "ends_at": slot.ends_at.astimezone(zone),
        }  # fmt: skip
