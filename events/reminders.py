"""Events of the next day: who has a place, and who organises; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from events.choices import EventState, RegistrationState
from events.models import Event, Registration
from notifications.choices import Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms

# An event whose hour nobody has named is over with its day.
LAST_MOMENT = time(23, 59, 59)


def facts_of(event: Event) -> dict[str, object]:
    """When and where, in the language that is spoken while it is asked."""
    return {
        "event": str(event),
        "held_on": event.held_on,
        "starts_at": event.starts_at_time,
        "place": " · ".join(str(part) for part in (event.room, event.place) if part),
        "online_url": event.online_url,
    }


def _words(event: Event, coming: int | None, to: User) -> Words:
    """`coming` is how many have a place, for the organiser; None for who has one."""
    return {
        **facts_of(event), "is_organiser": coming is not None, "signs_up": event.takes_sign_ups, "coming": coming or 0,
    }  # fmt: skip


def _is_ahead(event: Event, on: date, now: datetime) -> bool:
    return now < timezone.make_aware(datetime.combine(on, event.starts_at_time or LAST_MOMENT))


def _hour(event: Event) -> str:
    return f"{event.starts_at_time:%H%M}" if event.starts_at_time else ""


def _events(asked: Asked) -> Iterator[Occasion]:
    announced = Event.objects.filter(state=EventState.PUBLISHED, held_on__range=asked.around, organiser__isnull=False)
    coming = Count("registrations", filter=Q(registrations__state=RegistrationState.REGISTERED))
    for event in asked.narrowed(announced).annotate(coming=coming).select_related("organiser", "room").order_by("pk"):
        on = event.held_on
        mark = asked.mark_of(on) if on is not None and _is_ahead(event, on, asked.now) else None
        if on is not None and mark is not None:
            yield Occasion(
                subject_id=event.pk,
                on=on,
                mark=mark,
                more=_hour(event),
                people={"organiser": [event.organiser]},
                words=partial(_words, event, event.coming),
                link=reverse("events:event", args=[event.pk]),
                because={"coming": event.coming},
            )


def _places(asked: Asked) -> Iterator[Occasion]:
    """Whoever signed up since the day of the reminder began has just read when it is, and is not reminded."""
    kept = Registration.objects.filter(
        state=RegistrationState.REGISTERED, event__state=EventState.PUBLISHED, event__held_on__range=asked.around
    )
    rows = asked.narrowed(kept).select_related("event__room", "student").order_by("event", "pk")
    for place in rows.iterator(chunk_size=2000):
        event, on = place.event, place.event.held_on
        mark = asked.mark_of(on) if on is not None and _is_ahead(event, on, asked.now) else None
        if on is None or mark is None:
            continue
        if timezone.localdate(place.at) < asked.terms.day_of(mark, on, asked.days):
            yield Occasion(
                subject_id=place.pk,
                on=on,
                mark=mark,
                more=_hour(event),
                people={"student": [place.student]},
                words=partial(_words, event, None),
                link=reverse("events:event", args=[event.pk]),
            )


RULES = (
    Rule(
        slug="events.place",
        name=_("Event tomorrow: who signed up"),
        about=_("An event at which somebody has a place is near."),
        matter=Matter.EVENT,
        template="emails/events/tomorrow.txt",
        terms=Terms(marks=(-1,), until=0, audiences=("student",)),
        audiences={"student": _("Student")},
        find=_places,
    ),
    Rule(
        slug="events.event",
        name=_("Event tomorrow: the organiser"),
        about=_("An event is near."),
        matter=Matter.EVENT,
        template="emails/events/tomorrow.txt",
        terms=Terms(marks=(-1,), until=0, audiences=("organiser",)),
        audiences={"organiser": _("Organiser")},
        find=_events,
    ),
)
