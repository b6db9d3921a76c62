"""Two at the same moment at one hour of an adviser."""

from datetime import timedelta

import pytest

from core.errors import RuleBroken
from guidance.models import AdviceSlot, Appointment
from guidance.services.advisers import withdraw_slot
from guidance.services.appointments import book, change
from tests.factories.accounts import student as make_student
from tests.factories.guidance import AppointmentFactory, SlotFactory
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"topic": "resume", "question": ""}


def test_one_moves_to_an_hour_that_another_books(now):
    wanted = SlotFactory()
    mine = AppointmentFactory(slot=SlotFactory(adviser=wanted.adviser, starts_at=wanted.starts_at + timedelta(days=1)))
    other = make_student()

    moved, booked = together(
        lambda: change(mine, slot=wanted, **WORDS, by=mine.student, at=now),
        lambda: book(wanted, **WORDS, student=other, at=now),
    )

    refused = [str(each) for each in (moved, booked) if isinstance(each, RuleBroken)]
    assert refused == ["Somebody else has booked this hour. Please choose another one."]
    assert wanted.appointments.count() == 1
    mine.refresh_from_db()
    assert (mine.slot == wanted) == isinstance(booked, RuleBroken)


def test_two_tabs_of_one_student_book_two_hours_at_the_same_time_once(now):
    student, first = make_student(), SlotFactory()
    second = SlotFactory(starts_at=first.starts_at)

    outcomes = together(*[lambda slot=slot: book(slot, **WORDS, student=student, at=now) for slot in (first, second)])

    assert [str(each) for each in outcomes if isinstance(each, RuleBroken)] == [
        "You have another appointment at that time."
    ]
    assert Appointment.objects.count() == 1


def test_an_hour_that_is_withdrawn_while_it_is_booked_is_either(now):
    slot, student = SlotFactory(), make_student()

    booked, withdrawn = together(
        lambda: book(slot, **WORDS, student=student, at=now),
        lambda: withdraw_slot(slot, by=slot.adviser.user, at=now),
    )

    assert [isinstance(booked, RuleBroken), isinstance(withdrawn, RuleBroken)].count(True) == 1
    is_offered = AdviceSlot.objects.get().withdrawn_at is None
    assert Appointment.objects.count() == is_offered
