"""Events."""

from datetime import UTC, date, datetime, time

import factory
from factory.django import DjangoModelFactory

from events.choices import EventKind, EventState
from events.models import Event
from events.services.seats import sign_up
from tests.factories.accounts import student


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    kind = EventKind.TALK
    state = EventState.HELD
    name = factory.Sequence(lambda n: f"校园宣讲会{n}")
    held_on = date(2026, 10, 20)
    place = "学术报告厅"


class OpenEventFactory(EventFactory):
    """One that students may sign up for; the tests' day is 21 November 2026."""

    state = EventState.PUBLISHED
    held_on = date(2026, 11, 25)
    starts_at_time = time(14, 0)
    takes_sign_ups = True
    check_in_secret = "5ec7e7"


def event_records() -> dict[str, object]:
    """An announced event and somebody's ticket, as the table of pages names them."""
    event = OpenEventFactory()
    mine = sign_up(event, student=student(), at=datetime(2026, 11, 21, 4, 0, tzinfo=UTC))
    return {"announced": event.pk, "ticket": mine.ticket, "here": (event.pk, "code")}
