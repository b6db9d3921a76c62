"""Talks, fairs, recommendation meetings and thematic activities that took place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models.people import User
from events import rules
from events.choices import EventItemKind, EventKind, EventState
from events.models import Event, EventItem, EventSpeaker
from events.services import telling
from partnerships.models.enterprises import Enterprise


@transaction.atomic
def hold_event(
    *,
    kind: EventKind,
    name: str,
    by: User,
    at: datetime,
    held_on: date | None = None,
    place: str = "",
    enterprises: Iterable[Enterprise] = (),
    speakers: Sequence[tuple[str, str, Enterprise | None]] = (),
    contents: Sequence[str] = (),
    audience: Sequence[str] = (),
    more: Mapping[str, Any] | None = None,
) -> Event:
    """Enter an event that was held, and tell it on the timeline of each enterprise that took part.

    Each speaker is (name, title, enterprise); `more` are further columns of Event.
    """
    rules.can_hold_event(by).or_raise()
    fields = {"kind": kind, "name": name, "held_on": held_on, "place": place, **(more or {})}
    event = Event(state=EventState.HELD, organiser=by, **fields)
    event.full_clean()
    event.save()
    event.enterprises.set(enterprises)
    EventSpeaker.objects.bulk_create(
        EventSpeaker(event=event, name=who, title=title, enterprise=of) for who, title, of in speakers
    )
    items = [(EventItemKind.CONTENT, text) for text in contents] + [(EventItemKind.AUDIENCE, g) for g in audience]
    EventItem.objects.bulk_create(EventItem(event=event, kind=of, name=text) for of, text in items)
    telling.held_on_timelines(event, by=by, at=at)
    return event
