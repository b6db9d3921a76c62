"""Interview hours: offered on a posting, booked by students who were invited, changed and given back.

Every function takes `by`, a person of the school, or `contact`, who acts for the enterprise.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from placements import rules
from placements.choices import STANDING, ApplicationState
from placements.models.applications import Application
from placements.models.interviews import InterviewBooking, InterviewSlot
from placements.models.postings import Posting
from placements.services.interview_news import tell_called_off, tell_host
from placements.services.telling import tell_timeline

MOST_AT_ONCE = 48


@transaction.atomic
def offer_hours(
    posting: Posting,
    *,
    starts_at: datetime,
    ends_at: datetime,
    minutes: int,
    capacity: int = 1,
    place: str = "",
    online_url: str = "",
    by: User | None = None,
    contact: Contact | None = None,
    at: datetime,
) -> list[InterviewSlot]:
    """One hour after the other from the first moment to the last, each so many minutes long, for so many students."""
    posting = Posting.objects.select_for_update(of=("self",), no_key=True).get(pk=posting.pk)
    _may_offer(posting, by=by, contact=contact, at=at)
    if not (place.strip() or online_url):
        raise RuleBroken(_("Say where the interview is: a place or the link of a meeting."), field="place")
    spans = _spans(starts_at, ends_at, minutes=minutes, at=at)
    _refuse_overlap(posting, starts_at, spans[-1][1])
    slots = [
        InterviewSlot(
            posting=posting, starts_at=first, ends_at=last, capacity=capacity, place=place.strip(),
            online_url=online_url, created_by=by, contact=contact,
        )
        for first, last in spans
    ]  # fmt: skip
    for slot in slots:
        slot.full_clean()
        slot.save()
    if contact is not None:
        tell_timeline(posting, TimelineKind.INTERVIEWS_OFFERED, contact=contact, at=at)
    return slots


def _may_offer(posting: Posting, *, by: User | None, contact: Contact | None, at: datetime) -> None:
    if (by is None) == (contact is None):
        raise TypeError("Hours are kept by a person or for the enterprise by a contact.")
    if by is not None:
        rules.can_offer_hours(by, posting).or_raise()
    if contact is not None:
        rules.can_act_for_enterprise(contact, posting, on=timezone.localdate(at)).or_raise()
    if posting.state not in STANDING:
        raise RuleBroken(_("Interviews are offered once a posting has been published."))


def _spans(starts_at: datetime, ends_at: datetime, *, minutes: int, at: datetime) -> list[tuple[datetime, datetime]]:
    length = timedelta(minutes=minutes)
    if starts_at <= at:
        raise RuleBroken(_("The first hour has begun already."), field="starts")
    if minutes < 5 or starts_at + length > ends_at:
        raise RuleBroken(_("Not one interview of this length fits between these times."), field="minutes")
    number = (ends_at - starts_at) // length
    if number > MOST_AT_ONCE:
        raise RuleBroken(
            _("That would be %(number)s hours; at most %(most)s at once.") % {"number": number, "most": MOST_AT_ONCE},
            field="minutes",
        )
    return [(starts_at + place * length, starts_at + (place + 1) * length) for place in range(number)]


def _refuse_overlap(posting: Posting, first: datetime, last: datetime) -> None:
    """Two at the same time are two places of one hour, so a form that was filled in twice offers nothing twice."""
    standing = posting.interview_slots.filter(cancelled_at__isnull=True, starts_at__lt=last, ends_at__gt=first)
    slot = standing.first()
    if slot is not None:
        moment = date_format(timezone.localtime(slot.starts_at), "DATETIME_FORMAT")
        raise RuleBroken(
            _("There is an hour at this time already, %(moment)s. Give it more places instead.") % {"moment": moment},
            field="starts",
        )


@transaction.atomic
def change_hour(
    slot: InterviewSlot,
    *,
    version: int,
    capacity: int,
    place: str,
    online_url: str,
    by: User | None = None,
    contact: Contact | None = None,
    at: datetime,
) -> InterviewSlot:
    """Other places, another room or link; who booked it is sent the new appointment by the calendars."""
    slot = lock(slot, version=version)
    _may_offer(slot.posting, by=by, contact=contact, at=at)
    _refuse_ended(slot, at=at)
    if not (place.strip() or online_url):
        raise RuleBroken(_("Say where the interview is: a place or the link of a meeting."), field="place")
    taken = slot.bookings.filter(cancelled_at__isnull=True).count()
    if capacity < taken:
        raise RuleBroken(
            _("%(number)s students have booked this hour; it cannot have fewer places.") % {"number": taken},
            field="capacity",
        )
    slot.capacity, slot.place, slot.online_url = capacity, place.strip(), online_url
    save(slot)
    return slot


@transaction.atomic
def cancel_hour(slot: InterviewSlot, *, by: User | None = None, contact: Contact | None = None, at: datetime) -> int:
    """Take an hour back; whoever had booked it is told and chooses another. Returns how many they are."""
    slot = lock(slot)
    _may_offer(slot.posting, by=by, contact=contact, at=at)
    _refuse_ended(slot, at=at)
    slot.cancelled_at = at
    save(slot)
    standing = slot.bookings.filter(cancelled_at__isnull=True).select_related("application__student")
    booked = list(standing.select_for_update(of=("self",)))
    slot.bookings.filter(pk__in=[booking.pk for booking in booked]).update(cancelled_at=at)
    for booking in booked:
        tell_called_off(booking, slot, at=at)
    if contact is not None:
        tell_timeline(slot.posting, TimelineKind.INTERVIEW_TAKEN_BACK, contact=contact, at=at)
    return len(booked)


def _refuse_ended(slot: InterviewSlot, *, at: datetime) -> None:
    if slot.cancelled_at is not None:
        raise RuleBroken(_("This hour was taken back."))
    if slot.starts_at <= at:
        raise RuleBroken(_("This hour has begun already."))


@transaction.atomic
def book_hour(application: Application, slot: InterviewSlot, *, by: User, at: datetime) -> InterviewBooking:
    """Take one of the places of an hour, instead of the one that was booked before.

    The application's row is locked, then the hour's: two tabs of one student come one after the other, and so do two
    students at the last place. Booking the same hour again changes nothing.
    """
    application = lock(application)
    rules.can_book(by, application).or_raise()
    if application.state != ApplicationState.INTERVIEW:
        raise RuleBroken(_("Only those who are invited to an interview book an hour."))
    slot = InterviewSlot.objects.select_for_update(of=("self",)).select_related("created_by", "contact").get(pk=slot.pk)
    if slot.posting_id != application.posting_id:
        raise RuleBroken(_("This hour belongs to another posting."))
    _refuse_ended(slot, at=at)
    earlier = application.bookings.filter(cancelled_at__isnull=True).select_related("slot").first()
    if earlier is not None and earlier.slot_id == slot.pk:
        return earlier
    if earlier is not None:
        _refuse_ended(earlier.slot, at=at)
    if slot.bookings.filter(cancelled_at__isnull=True).count() >= slot.capacity:
        raise RuleBroken(_("Somebody else has just taken the last place of this hour. Please choose another."))
    application.bookings.filter(cancelled_at__isnull=True).update(cancelled_at=at)
    booking = application.bookings.create(slot=slot, at=at)
    tell_host(slot, booking, what="changed" if earlier else "booked", at=at)
    return booking


@transaction.atomic
def give_back_hour(application: Application, *, by: User, at: datetime) -> None:
    """The student's place is free again; another hour can be booked as long as the invitation stands."""
    application = lock(application)
    rules.can_book(by, application).or_raise()
    booking = application.bookings.filter(cancelled_at__isnull=True).select_related("slot").first()
    if booking is None:
        raise RuleBroken(_("No hour is booked."))
    _refuse_ended(booking.slot, at=at)
    application.bookings.filter(pk=booking.pk).update(cancelled_at=at)
    tell_host(booking.slot, booking, what="given_back", at=at)


def free_hour(application: Application, *, at: datetime) -> None:
    """An application that ended or moved on keeps no hour that is still ahead."""
    ahead = application.bookings.filter(cancelled_at__isnull=True, slot__starts_at__gt=at)
    ahead.update(cancelled_at=at)
