"""Days that a student must not miss: of what they follow, what they applied to, and events they signed up for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from events.choices import EventState, RegistrationState
from events.models import Registration
from following.models import FollowedPosting
from placements.choices import WAITING, PostingState
from placements.models.applications import Application
from placements.models.interviews import InterviewBooking
from placements.models.postings import Posting


@dataclass(frozen=True)
class Deadline:
    """One line of a calendar; `kind` and `pk` make it the same line the next time."""

    kind: str
    pk: int
    on: date
    summary: str
    about: str
    path: str
    stamp: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""


def deadlines_of(user: User, *, first: date, last: date) -> list[Deadline]:
    """Soonest first, in their language; three queries."""
    with translation.override(user.language):
        found = [*_of_followed(user), *_of_applications(user), *_of_events(user, first=first, last=last)]
    within = [deadline for deadline in found if first <= deadline.on <= last]
    return sorted(within, key=lambda deadline: (deadline.on, deadline.kind, deadline.pk))


def _of_followed(user: User) -> Iterator[Deadline]:
    """When it opens, where that lay ahead as they began to follow, and when it closes; not once they applied."""
    applied = Application.objects.filter(posting=OuterRef("posting"), student=user).order_by()
    rows = FollowedPosting.objects.filter(user=user, posting__state=PostingState.PUBLISHED).exclude(Exists(applied))
    for follow in rows.select_related("posting__enterprise"):
        posting = follow.posting
        if posting.opens_on and posting.opens_on > timezone.localdate(follow.at):
            yield _of(posting, "posting-opens", posting.opens_on, _("Opens: %(posting)s"))
        yield _of(posting, "posting-closes", posting.closes_on, _("Closes: %(posting)s"))


def _of(posting: Posting, kind: str, on: date, summary: str) -> Deadline:
    return Deadline(
        kind=kind,
        pk=posting.pk,
        on=on,
        summary=summary % {"posting": posting},
        about=str(posting.enterprise),
        path=reverse("placements:posting", args=[posting.pk]),
        stamp=posting.updated_at,
    )


def _of_applications(user: User) -> Iterator[Deadline]:
    """The day by which an answer was promised; where none was, the day on which the posting closes."""
    rows = Application.objects.filter(student=user, state__in=WAITING).select_related("posting__enterprise")
    for application in rows:
        posting = application.posting
        says = _("Answer promised: %(posting)s") if posting.answer_by else _("Closes, you have applied: %(posting)s")
        yield Deadline(
            kind="application",
            pk=application.pk,
            on=posting.answer_by or posting.closes_on,
            summary=says % {"posting": posting},
            about=str(posting.enterprise),
            path=reverse("placements:application", args=[application.pk]),
            stamp=max(application.updated_at, posting.updated_at),
        )


def _of_events(user: User, *, first: date, last: date) -> Iterator[Deadline]:
    """Those that one has a place at; an event that was called off is none."""
    rows = Registration.objects.filter(
        student=user,
        state=RegistrationState.REGISTERED,
        event__state__in=[EventState.PUBLISHED, EventState.HELD],
        event__held_on__range=(first, last),
    )
    for registration in rows.select_related("event__room"):
        event = registration.event
        if event.held_on is None:
            continue
        yield Deadline(
            kind="event",
            pk=event.pk,
            on=event.held_on,
            summary=str(event),
            about=str(event.get_kind_display()),
            path=reverse("events:event", args=[event.pk]),
            stamp=max(event.updated_at, registration.at),
            starts_at=_at(event.held_on, event.starts_at_time),
            ends_at=_at(event.held_on, event.ends_at_time),
            place=event.online_url or event.place or str(event.room or ""),
        )


def of_interview(application: Application, booking: InterviewBooking) -> Deadline:
    """An hour that the applicant booked; the calendar of a student has it as an appointment of its own."""
    slot = booking.slot
    return Deadline(
        kind="interview",
        pk=booking.pk,
        on=timezone.localdate(slot.starts_at),
        summary=_("Interview: %(posting)s") % {"posting": application.posting},
        about=str(application.posting.enterprise),
        path=reverse("placements:application", args=[application.pk]),
        stamp=booking.at,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=slot.place,
    )


def _at(on: date, at: time | None) -> datetime | None:
    return datetime.combine(on, at, ZoneInfo(settings.TIME_ZONE)) if at else None
