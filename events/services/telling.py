"""What students and enterprises hear of an event."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from accounts.models.people import User
from events.choices import AWAITED, RegistrationState
from events.models import Event, EventQuestion, Registration
from notifications.choices import Matter
from notifications.services import notify
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
        return {
            "event": str(event),
            "held_on": event.held_on,
            "starts_at": event.starts_at_time,
            "place": " · ".join(str(part) for part in (event.room, event.place) if part),
            "online_url": event.online_url,
        }


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


def remind(event: Event, to: User, *, key: str, place: Registration | None, at: datetime) -> int:
    """A day ahead: somebody with a place, or the organiser, who reads how many come."""
    coming = event.registrations.filter(state=RegistrationState.REGISTERED).count() if place is None else 0
    context = {**_facts(event, to), "is_organiser": place is None, "signs_up": event.takes_sign_ups, "coming": coming}
    return notify(
        to,
        key=key,
        matter=Matter.EVENT,
        template="emails/events/tomorrow.txt",
        context=context,
        at=at,
        link=reverse("events:event", args=[event.pk]),
        still_due="events.place" if place else "events.event",
        subject_id=place.pk if place else event.pk,
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
