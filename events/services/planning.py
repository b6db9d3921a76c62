"""An event before it takes place: planned, changed, announced, held, called off."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from events import rules
from events.choices import EVENT_NEXT, EventItemKind, EventState, RegistrationState
from events.models import Event, EventItem, EventSpeaker
from events.services import seats, telling
from partnerships.changes import differences, snapshot
from partnerships.models.enterprises import Enterprise

# Whoever signed up hears when one of these changes.
MATTERS_TO_THOSE_WHO_COME = ("held_on", "starts_at_time", "ends_at_time", "place", "room_id", "online_url")


@dataclass(frozen=True)
class Parts:
    """What hangs on an event: speakers as (name, position, enterprise), points as (time, name).

    `guests` are names of enterprises that have no file.
    """

    enterprises: Iterable[Enterprise] = ()
    guests: Sequence[str] = ()
    speakers: Sequence[tuple[str, str, Enterprise | None]] = ()
    programme: Sequence[tuple[time | None, str]] = ()
    audience: Sequence[str] = ()
    majors: Iterable[Any] = ()


@transaction.atomic
def plan_event(*, fields: dict[str, Any], parts: Parts, by: User, at: datetime) -> Event:
    """A draft; nobody but staff sees it yet. `fields` are columns of Event."""
    rules.can_hold_event(by).or_raise()
    event = Event(state=EventState.DRAFT, check_in_secret=secrets.token_hex(32), **fields)
    event.organiser = event.organiser or by
    _weigh(event)
    event.full_clean()
    event.save()
    put_parts(event, parts)
    telling.on_timelines(event, "planned", by=by, at=at)
    return event


@transaction.atomic
def change_event(event: Event, *, version: int, fields: dict[str, Any], parts: Parts, by: User, at: datetime) -> Event:
    """Save what was changed; everyone signed up hears of another day, hour or place, and who waits may move up."""
    event = lock(event, version=version)
    rules.can_change(by, event).or_raise()
    names = [name for name in fields if name != "check_in_secret"]
    before, was = snapshot(event, names), [getattr(event, name) for name in MATTERS_TO_THOSE_WHO_COME]
    for name, value in fields.items():
        setattr(event, name, value)
    _weigh(event)
    if event.state != EventState.DRAFT:
        _ask_for_day_and_place(event)
    save(event)
    put_parts(event, parts)
    changes = differences(event, before)
    if changes:
        telling.on_timelines(event, "changed", by=by, at=at, changes=changes)
    if event.state == EventState.PUBLISHED:
        if was != [getattr(event, name) for name in MATTERS_TO_THOSE_WHO_COME]:
            telling.everyone(event, "changed", at=at)
        seats.move_up(event, at=at)
    return event


@transaction.atomic
def move_event(event: Event, to: EventState, *, by: User, at: datetime, reason: str = "") -> Event:
    """One step along EVENT_NEXT; calling it off needs a reason, which everyone who signed up is told."""
    event = lock(event)
    rules.can_keep(by, event).or_raise()
    if to not in EVENT_NEXT[EventState(event.state)]:
        words = _("An event that is “%(now)s” cannot become “%(next)s”.")
        raise RuleBroken(words % {"now": event.get_state_display(), "next": to.label})
    if to == EventState.PUBLISHED:
        _ask_for_day_and_place(event)
    if to == EventState.HELD and event.held_on and event.held_on > timezone.localdate(at):
        raise RuleBroken(_("Its day has not come yet."))
    if to == EventState.CANCELLED and not reason:
        raise RuleBroken(_("Say why it is called off: everyone who signed up reads it."), field="reason")
    event.state = to
    event.check_in_secret = event.check_in_secret or secrets.token_hex(32)
    save(event)
    if to == EventState.HELD:
        telling.held_on_timelines(event, by=by, at=at)
    else:
        telling.on_timelines(event, to.value, by=by, at=at)
    if to == EventState.CANCELLED:
        telling.everyone(event, "cancelled", at=at, reason=reason)
    return event


@transaction.atomic
def discard_event(event: Event, *, by: User) -> None:
    """A draft that comes to nothing goes."""
    event = lock(event)
    rules.can_keep(by, event).or_raise()
    if event.state != EventState.DRAFT:
        raise RuleBroken(_("Only a draft can be discarded; an announced event is called off."))
    event.delete()


def _weigh(event: Event) -> None:
    if event.sign_up_until and event.held_on and timezone.localdate(event.sign_up_until) > event.held_on:
        raise RuleBroken(_("Signing up ends before the event does."), field="sign_up_until")
    if event.pk is None or event.capacity is None:
        return
    taken = event.registrations.filter(state=RegistrationState.REGISTERED).count()
    if event.capacity < taken:
        words = _("%(count)s students have a place already.")
        raise RuleBroken(words % {"count": taken}, field="capacity")


def _ask_for_day_and_place(event: Event) -> None:
    if event.held_on is None:
        raise RuleBroken(_("An event that is announced has a day."), field="held_on")
    if not (event.place or event.room_id or event.online_url):
        raise RuleBroken(_("An event that is announced has a place, a room or a link."), field="place")


def put_parts(event: Event, parts: Parts) -> None:
    """What hangs on an event becomes this; speakers and points are written anew where they differ."""
    event.enterprises.set(parts.enterprises)
    event.majors.set(parts.majors)
    wanted = [(name, title, of.pk if of else None) for name, title, of in parts.speakers]
    if list(event.speakers.values_list("name", "title", "enterprise")) != wanted:
        event.speakers.all().delete()
        EventSpeaker.objects.bulk_create(
            EventSpeaker(event=event, name=name, title=title, enterprise_id=of) for name, title, of in wanted
        )
    points = [(EventItemKind.CONTENT.value, name, when) for when, name in parts.programme]
    points += [(EventItemKind.AUDIENCE.value, name, None) for name in parts.audience]
    points += [(EventItemKind.GUEST.value, name, None) for name in parts.guests]
    stored = list(event.items.order_by("pk").values_list("kind", "name", "starts_at_time"))
    if sorted(stored, key=str) != sorted(points, key=str):
        event.items.all().delete()
        EventItem.objects.bulk_create(
            EventItem(event=event, kind=kind, name=name, starts_at_time=when) for kind, name, when in points
        )
