"""What students and enterprises hear of an event."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from accounts.models.people import User
from events.choices import AWAITED
from events.models import Event, EventQuestion, Registration
from events.reminders import facts_of
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.changes import Change
from partnerships.choices.timeline import TimelineKind
from partnerships.services import timeline


def on_timelines(
    event: Event, detail: str, *, by: User | None, at: datetime, changes: list[Change] | None = None
) -> None:
    """Tell each enterprise of the event how far it is."""
    link = reverse("events:event", args=[event.pk])
    for enterprise in event.enterprises.order_by("pk"):
        timeline.record(
            enterprise, TimelineKind.EVENT_MOVED, by=by, at=at, text=event.name, detail=detail, link=link,
            changes=changes,
        )  # fmt: skip


def held_on_timelines(event: Event, *, by: User, at: datetime) -> None:
    link = reverse("events:event", args=[event.pk])
    for enterprise in event.enterprises.order_by("pk"):
        timeline.record(
            enterprise, TimelineKind.EVENT_HELD, by=by, at=at, text=event.name, detail=event.kind, link=link
        )


def _facts(event: Event, student: User) -> dict[str, object]:
    with translation.override(student.language):
        return facts_of(event)


def everyone(event: Event, what: str, *, at: datetime, reason: str = "") -> int:
    """Tell everyone who signed up or waits; how many messages are new."""
    awaited = event.registrations.filter(state__in=AWAITED).select_related("student")
    return sum(_tell(event, each.student, what, at=at, reason=reason) for each in awaited)


def moved_up(registration: Registration, *, at: datetime) -> int:
    return _tell(registration.event, registration.student, "moved_up", at=at)


def _tell(event: Event, student: User, what: str, *, at: datetime, reason: str = "") -> int:
    return notify(
        student,
        key=f"event:{event.pk}:{what}:{at:%Y%m%dT%H%M%S%f}",
        matter=Matter.EVENT,
        template="emails/events/happened.txt",
        context={**_facts(event, student), "what": what, "reason": reason},
        at=at,
        link=reverse("events:event", args=[event.pk]),
    )


def answered(question: EventQuestion, *, at: datetime) -> int:
    context: dict[str, object] = {
        "event": str(question.event), "what": "answered", "question": question.text, "answer": question.answer,
    }  # fmt: skip
    return notify(
        question.student,
        key=f"question:{question.pk}:answered:{at:%Y%m%dT%H%M%S%f}",
        matter=Matter.EVENT,
        template="emails/events/answered.txt",
        context=context,
        at=at,
        link=reverse("events:event", args=[question.event_id]),
    )
