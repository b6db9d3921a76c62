"""What the list of events says to a student: their own place, or whether there is one to have."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.choices import EventState
from events.models import Event
from events.selectors.standing import standing, with_seats
from events.services.seats import sign_off, sign_up
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.events import EventFactory, OpenEventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def said(event, student, now):
    found = standing(with_seats(Event.objects.filter(pk=event.pk), student).get(), at=now)
    return found.state, found.words


def test_ones_own_place_comes_before_how_many_are_left(student, now):
    event = OpenEventFactory(capacity=1)
    second = make_student()
    assert said(event, student, now) == ("open", "1 place left")

    sign_up(event, student=student, at=now)
    sign_up(event, student=second, at=now)

    assert said(event, student, now) == ("confirmed", "Signed up")
    assert said(event, second, now) == ("silent", "On the waiting list")
    assert said(event, make_student(), now) == ("stale", "Full, with a waiting list")


def test_who_signed_off_sees_what_everybody_sees(student, now):
    event = OpenEventFactory(capacity=3)
    sign_up(event, student=make_student(), at=now)
    sign_up(event, student=student, at=now)
    sign_off(event, student=student, at=now)

    assert said(event, student, now) == ("open", "2 places left")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("open", "Sign-up is open")),
        ({"takes_sign_ups": False}, ("open", "Just come")),
        ({"class_of": 2020}, ("closed", "For other students")),
        ({"held_on": date(2026, 11, 1)}, ("cancelled", "Over")),
        ({"state": EventState.CANCELLED}, ("cancelled", "Cancelled")),
        ({"state": EventState.HELD}, ("done", "Held")),
    ],
)
def test_without_a_place_of_ones_own_it_says_whether_there_is_one_to_have(student, now, fields, expected):
    assert said(OpenEventFactory(**fields), student, now) == expected


def test_signing_up_ends_and_coming_is_kept(student, now):
    event = OpenEventFactory(sign_up_until=now - timedelta(minutes=1))
    assert said(event, student, now) == ("closed", "Sign-up has ended")

    held = EventFactory()
    held.registrations.create(student=student, state="walk_in", at=now, ticket="t", checked_in_at=now)
    assert said(held, student, now) == ("done", "You were there.")


def test_an_event_for_a_major_is_for_its_students_alone(student, now):
    own, other = OpenEventFactory(), OpenEventFactory()
    own.majors.set([student.student_profile.major, MajorFactory()])
    other.majors.set([MajorFactory()])

    assert list(Event.objects.for_student(student.student_profile)) == [own]
    assert said(other, student, now) == ("closed", "For other students")
    student.student_profile.delete()
    assert said(own, type(student).objects.get(pk=student.pk), now) == ("closed", "For other students")


def test_students_read_how_they_stand_and_staff_read_the_state(client, student, officer):
    OpenEventFactory(held_on=timezone.localdate(), capacity=7)
    client.cookies["django_language"] = "en"

    client.force_login(student)
    text = client.get("/events/").content.decode()
    assert ("7 places left" in text, "Announced" in text) == (True, False)

    client.force_login(officer)
    text = client.get("/events/").content.decode()
    assert ("7 places left" in text, ">Announced</span>" in text) == (False, True)
