"""Guidance: advisers, hours, appointments."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.choices import Role
from accounts.models.people import User
from guidance.models import AdviceSlot, Adviser, Appointment
from tests.factories.accounts import person, student


class AdviserFactory(DjangoModelFactory):
    class Meta:
        model = Adviser

    user = factory.LazyFunction(lambda: person(Role.OFFICER))


class SlotFactory(DjangoModelFactory):
    class Meta:
        model = AdviceSlot

    adviser = factory.SubFactory(AdviserFactory)
    starts_at = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda slot: slot.starts_at + timedelta(minutes=30))


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    slot = factory.SubFactory(SlotFactory)
    student = factory.LazyFunction(student)
    topic = "resume"
    at = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def guidance_records(adviser: User) -> dict[str, object]:
    """An adviser with a free hour and one that somebody booked, as the table of pages names them."""
    slot = SlotFactory(adviser__user=adviser)
    later = SlotFactory(adviser=slot.adviser, starts_at=slot.starts_at + timedelta(hours=1))
    return {"adviser": slot.adviser_id, "slot": slot.pk, "appointment": AppointmentFactory(slot=later).pk}
