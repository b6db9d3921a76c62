"""Who came: by the code of a ticket, by the code in the room, or by hand."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from events import room_code, rules
from events.choices import EventState, RegistrationState
from events.models import Event, Registration


@transaction.atomic
def let_in(event: Event, student: User, *, by: User, at: datetime) -> Registration:
    """A colleague sees somebody come, with a ticket or without; saying it twice changes nothing."""
    rules.can_check_in(by).or_raise()
    return _came(lock(event), student, by=by, at=at)


@transaction.atomic
def come_by_code(event: Event, code: str, *, student: User, at: datetime) -> Registration:
    """A student says it with the code in the room."""
    if not student.has_role(Role.STUDENT):
        raise PermissionDenied(_("Students say with this code that they came."))
    event = lock(event)
    if not room_code.holds(event, code, at):
        raise RuleBroken(_("This code has run out. Scan the one that is shown in the room now."))
    if event.held_on != timezone.localdate(at):
        raise RuleBroken(_("The code in the room holds on the day of the event only."))
    return _came(event, student, by=None, at=at)


def _came(event: Event, student: User, *, by: User | None, at: datetime) -> Registration:
    if event.state not in (EventState.PUBLISHED, EventState.HELD):
        raise RuleBroken(_("Nobody can come to this event now."))
    if event.held_on and event.held_on > timezone.localdate(at):
        raise RuleBroken(_("The event is on %(day)s.") % {"day": date_format(event.held_on)})
    mine = event.registrations.filter(student=student).first()
    if mine is not None and mine.checked_in_at is not None:
        return mine
    mine = mine or Registration(event=event, student=student, at=at, ticket=secrets.token_urlsafe(32))
    if mine.state != RegistrationState.REGISTERED:
        mine.state = RegistrationState.WALK_IN
    mine.checked_in_at, mine.checked_in_by = at, by
    mine.save()
    return mine


@transaction.atomic
def take_back(registration: Registration, *, by: User) -> None:
    """Somebody was let in by mistake."""
    event = lock(registration.event)
    rules.can_keep(by, event).or_raise()
    mine = event.registrations.get(pk=registration.pk)
    if hasattr(mine, "feedback"):
        raise RuleBroken(_("They have said already how it was."))
    if mine.state == RegistrationState.WALK_IN:
        mine.state = RegistrationState.CANCELLED
    mine.checked_in_at = mine.checked_in_by = None
    mine.save()
