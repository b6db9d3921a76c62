"""Talks, fairs, recommendation meetings and thematic activities that took place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from accounts.models.people import User
from events import rules
from events.choices import EventItemKind, EventKind, EventState
from events.models import Event, EventItem, EventSpeaker
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline


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
) -> Event:
    """Enter an event that was held, and tell it on the timeline of each enterprise that took part.

    Each speaker is (name, title, enterprise).
    """
    rules.can_hold_event(by).or_raise()
    event = Event(kind=kind, name=name, held_on=held_on, place=place, state=EventState.HELD, organiser=by)
    event.full_clean()
    event.save()
    took_part = list(enterprises)
    event.enterprises.set(took_part)
    EventSpeaker.objects.bulk_create(
        EventSpeaker(event=event, name=who, title=title, enterprise=of) for who, title, of in speakers
    )
    items = [(EventItemKind.CONTENT, text) for text in contents] + [(EventItemKind.AUDIENCE, g) for g in audience]
    EventItem.objects.bulk_create(EventItem(event=event, kind=of, name=text) for of, text in items)
    link = reverse("events:event", args=[event.pk])
    for enterprise in took_part:
        timeline.record(enterprise, TimelineKind.EVENT_HELD, by=by, at=at, text=name, detail=kind, link=link)
    return event
