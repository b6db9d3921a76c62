"""Signing up and off, and the waiting list that moves up by itself.

Whoever takes or leaves a place locks the event first, so that the last place goes once.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import StudentProfile, User
from core.errors import RuleBroken
from core.saving import lock
from events import rules
from events.choices import AWAITED, EventState, RegistrationState
from events.models import Event, Registration
from events.services import telling


def closed_because(event: Event, *, at: datetime) -> str:
    """Why nobody can sign up now, or nothing."""
    if event.state != EventState.PUBLISHED:
        return _("Nobody can sign up for this event now.")
    if not event.takes_sign_ups:
        return _("Nobody needs to sign up: just come.")
    if event.held_on and event.held_on < timezone.localdate(at):
        return _("The day of the event is over.")
    if event.sign_up_until and event.sign_up_until < at:
        return _("Signing up has ended.")
    return ""


@transaction.atomic
def sign_up(event: Event, *, student: User, at: datetime) -> Registration:
    """A place, or the end of the waiting list; whoever signed up already keeps what they have."""
    event = lock(event)
    profile = StudentProfile.objects.filter(user=student).first()
    rules.can_take_part(student, event, profile).or_raise()
    mine = event.registrations.filter(student=student).first()
    if mine is not None and mine.state in AWAITED:
        return mine
    if reason := closed_because(event, at=at):
        raise RuleBroken(reason)
    mine = mine or Registration(event=event, student=student)
    mine.state = RegistrationState.REGISTERED if has_room(event) else RegistrationState.WAITING
    mine.at = at
    mine.ticket = secrets.token_urlsafe(32)
    mine.save()
    return mine


@transaction.atomic
def sign_off(event: Event, *, student: User, at: datetime) -> Registration | None:
    """Leave the place or the list; who has waited longest gets the place and is told."""
    event = lock(event)
    mine = event.registrations.filter(student=student, state__in=AWAITED).first()
    if mine is None:
        return None
    if mine.checked_in_at is not None:
        raise RuleBroken(_("You have been there: signing off is not possible any more."))
    if event.state != EventState.PUBLISHED:
        raise RuleBroken(_("The event is over or was called off: there is nothing to sign off from."))
    mine.state = RegistrationState.CANCELLED
    mine.save(update_fields=["state"])
    move_up(event, at=at)
    return mine


def has_room(event: Event) -> bool:
    taken = event.registrations.filter(state=RegistrationState.REGISTERED).count()
    return event.capacity is None or taken < event.capacity


def move_up(event: Event, *, at: datetime) -> int:
    """Give free places to those who have waited longest; call with the event locked. How many moved up."""
    if event.state != EventState.PUBLISHED or (event.held_on and event.held_on < timezone.localdate(at)):
        return 0
    waiting = event.registrations.filter(state=RegistrationState.WAITING).order_by("at", "pk")
    if event.capacity is not None:
        taken = event.registrations.filter(state=RegistrationState.REGISTERED).count()
        waiting = waiting[: max(event.capacity - taken, 0)]
    moved = list(waiting.select_related("student", "event"))
    for registration in moved:
        registration.state = RegistrationState.REGISTERED
        registration.save(update_fields=["state"])
        telling.moved_up(registration, at=at)
    return len(moved)
