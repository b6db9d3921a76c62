"""Events."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from events.choices import EventKind, EventState
from events.models import Event


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    kind = EventKind.TALK
    state = EventState.HELD
    name = factory.Sequence(lambda n: f"校园宣讲会{n}")
    held_on = date(2026, 10, 20)
    place = "学术报告厅"
