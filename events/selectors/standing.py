"""What an event in the list means to one student: a place, the waiting list, or whether there is one to have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models.people import User
from accounts.selectors import student_profile
from events.choices import AWAITED, EventState, RegistrationState
from events.models import Event, EventQuerySet, Registration


@dataclass(frozen=True)
class Standing:
    """One word or two, and the state whose colour they have."""

    state: str
    words: str


def with_seats(rows: EventQuerySet, student: User) -> EventQuerySet:
    """Each with the student's own `seat`, `came_at`, `taken` places, and whether it `is_for_them`."""
    profile = student_profile(student)
    fitting = Event.objects.for_student(profile) if profile else Event.objects.none()
    seats = Registration.objects.filter(event=OuterRef("pk")).order_by()
    own, taken = seats.filter(student=student), seats.filter(state=RegistrationState.REGISTERED)
    return rows.annotate(
        seat=Subquery(own.values("state")),
        came_at=Subquery(own.values("checked_in_at")),
        taken=Coalesce(Subquery(taken.values("event").annotate(number=Count("pk")).values("number")), 0),
        is_for_them=Exists(fitting.filter(pk=OuterRef("pk")).order_by()),
    )


def standing(event: Event, *, at: datetime) -> Standing:
    """Of an event that came with_seats."""
    if event.came_at is not None:  # type: ignore[attr-defined]
        return Standing("done", _("You were there."))
    if event.state != EventState.PUBLISHED or (event.held_on and event.held_on < timezone.localdate(at)):
        return Standing("done" if event.state == EventState.HELD else "cancelled", _state(event))
    seat = event.seat  # type: ignore[attr-defined]
    if seat in AWAITED:
        waits = seat == RegistrationState.WAITING
        return Standing("silent" if waits else "confirmed", str(RegistrationState(seat).label))
    return _to_have(event, at=at)


def _state(event: Event) -> str:
    return _("Over") if event.state == EventState.PUBLISHED else str(event.get_state_display())


def _to_have(event: Event, *, at: datetime) -> Standing:
    """Whether the student may still get a place."""
    if not event.is_for_them:  # type: ignore[attr-defined]
        return Standing("closed", _("For other students"))
    if not event.takes_sign_ups:
        return Standing("open", _("Just come"))
    if event.sign_up_until and event.sign_up_until < at:
        return Standing("closed", _("Sign-up has ended"))
    if event.capacity is None:
        return Standing("open", _("Sign-up is open"))
    left = event.capacity - event.taken  # type: ignore[attr-defined]
    if left < 1:
        return Standing("stale", _("Full, with a waiting list"))
    return Standing("open", ngettext("%(number)s place left", "%(number)s places left", left) % {"number": left})
