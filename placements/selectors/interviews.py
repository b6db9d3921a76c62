"""Interview hours: what is offered on a posting, and what a student may choose from."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placements.models.applications import Application
from placements.models.interviews import InterviewBooking, InterviewSlot
from placements.models.postings import Posting

# An hour may have two hundred places: its row names the first who booked it and counts the others.
NAMED = 20
# So many free hours a student is shown at once, the soonest; the others follow as these are taken.
OFFERED = 200
TAKEN = Count("bookings", filter=Q(bookings__cancelled_at__isnull=True))


def hours_of(posting: Posting) -> QuerySet[InterviewSlot]:
    """Every hour that stands, with the first NAMED of who comes; two queries."""
    people = InterviewBooking.objects.filter(cancelled_at__isnull=True).select_related("application__student")
    named = Prefetch("bookings", people.order_by("at", "pk")[:NAMED], to_attr="people")
    return (
        posting.interview_slots.filter(cancelled_at__isnull=True)
        .annotate(taken=TAKEN)
        .select_related("created_by", "contact")
        .prefetch_related(named)
        .order_by("starts_at", "pk")
    )


def free_hours(posting: Posting, *, now: datetime) -> QuerySet[InterviewSlot]:
    """Those ahead that still have a place."""
    standing = InterviewSlot.objects.filter(posting=posting, cancelled_at__isnull=True, starts_at__gt=now)
    return standing.annotate(taken=TAKEN).filter(taken__lt=F("capacity")).order_by("starts_at", "pk")


def booked_hour(application: Application) -> InterviewBooking | None:
    """The hour at which the applicant comes, or came."""
    return application.bookings.filter(cancelled_at__isnull=True).select_related("slot").first()


def hour_choices(slots: QuerySet[InterviewSlot]) -> list[tuple[int, str]]:
    """When, where, and how many places are left, in words."""
    return [(slot.pk, _in_words(slot, slot.capacity - slot.taken)) for slot in slots]  # type: ignore[attr-defined]


def _in_words(slot: InterviewSlot, left: int) -> str:
    first, last = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    words = {
        "moment": date_format(first, "DATETIME_FORMAT"),
        "end": date_format(last, "TIME_FORMAT"),
        "where": slot.place or _("online"),
        "left": ngettext("%(number)s place left", "%(number)s places left", left) % {"number": left},
    }
    return _("%(moment)s to %(end)s · %(where)s · %(left)s") % words
