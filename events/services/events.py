"""Talks, fairs, recommendation meetings and thematic activities that took place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models.people import User
from events import rules
from events.choices import EventKind, EventState
from events.models import Event
from events.services import telling
from events.services.planning import Parts, put_parts
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
    programme = [(None, text) for text in contents]
    put_parts(event, Parts(enterprises=enterprises, speakers=speakers, programme=programme, audience=audience))
    telling.held_on_timelines(event, by=by, at=at)
    return event
