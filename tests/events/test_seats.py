"""Signing up and off, and the waiting list."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from core.errors import RuleBroken
from events.choices import EventState, RegistrationState
from events.models import Registration
from events.selectors.tickets import events_of
from events.services.seats import sign_off, sign_up
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.events import OpenEventFactory

pytestmark = pytest.mark.django_db


def states(event) -> list[tuple[int, str]]:
    return list(event.registrations.order_by("pk").values_list("student", "state"))


def test_the_last_place_is_followed_by_the_waiting_list(now):
    event = OpenEventFactory(capacity=1)
    first, second = make_student(), make_student()

    sign_up(event, student=first, at=now)
    sign_up(event, student=second, at=now)

    assert states(event) == [(first.pk, "registered"), (second.pk, "waiting")]


def test_signing_up_twice_is_one_place(student, now):
    event = OpenEventFactory(capacity=5)

    once = sign_up(event, student=student, at=now)
    again = sign_up(event, student=student, at=now + timedelta(hours=1))

    assert (again.pk, again.ticket, again.at) == (once.pk, once.ticket, now)


def test_signing_off_moves_up_who_waited_longest_and_tells_them(now):
    event = OpenEventFactory(name="宣讲会", capacity=1)
    first, second, third = (make_student(language="en") for _ in range(3))
    for minutes, student in enumerate((first, second, third)):
        sign_up(event, student=student, at=now + timedelta(minutes=minutes))

    sign_off(event, student=first, at=now + timedelta(hours=1))

    assert states(event) == [(first.pk, "cancelled"), (second.pk, "registered"), (third.pk, "waiting")]
    inbox = OutgoingMessage.objects.filter(channel=Channel.INBOX)
    assert list(inbox.values_list("recipient", "subject")) == [(second.pk, "You have a place: 宣讲会")]


def test_who_comes_back_stands_at_the_end_with_a_new_ticket(now):
    event = OpenEventFactory(capacity=1)
    first, second, third = make_student(), make_student(), make_student()
    old = sign_up(event, student=first, at=now).ticket
    sign_up(event, student=second, at=now)
    sign_off(event, student=first, at=now)
    sign_up(event, student=third, at=now + timedelta(minutes=1))

    back = sign_up(event, student=first, at=now + timedelta(minutes=2))
    sign_off(event, student=second, at=now + timedelta(minutes=3))

    assert back.ticket != old
    assert dict(states(event)) == {first.pk: "waiting", second.pk: "cancelled", third.pk: "registered"}


def test_signing_off_from_nothing_changes_nothing(student, now):
    event = OpenEventFactory()

    assert sign_off(event, student=student, at=now) is None
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": EventState.DRAFT}, "now"),
        ({"state": EventState.CANCELLED}, "now"),
        ({"state": EventState.HELD}, "now"),
        ({"takes_sign_ups": False}, "just come"),
        ({"held_on": date(2026, 11, 20)}, "is over"),
        ({"sign_up_until": "2026-11-21T03:59:00+00:00"}, "has ended"),
    ],
)
def test_where_signing_up_is_closed_it_says_why(student, now, fields, words):
    event = OpenEventFactory(**fields)
    event.refresh_from_db()

    with pytest.raises(RuleBroken, match=words):
        sign_up(event, student=student, at=now)

    assert not Registration.objects.exists()


@pytest.mark.parametrize("aside", ["class", "major"])
def test_students_of_another_class_or_major_find_it_closed(now, aside):
    student = make_student(class_of=2027)
    event = OpenEventFactory(class_of=2028 if aside == "class" else 2027)
    if aside == "major":
        event.majors.add(MajorFactory())

    with pytest.raises(PermissionDenied):
        sign_up(event, student=student, at=now)

    assert not Registration.objects.exists()


@pytest.mark.parametrize("role", ["officer", "stranger", "leader"])
def test_only_students_sign_up(request, role, now):
    with pytest.raises(PermissionDenied):
        sign_up(OpenEventFactory(), student=request.getfixturevalue(role), at=now)

    assert not Registration.objects.exists()


def test_nobody_signs_off_after_having_been_there(student, now):
    event = OpenEventFactory()
    mine = sign_up(event, student=student, at=now)
    Registration.objects.filter(pk=mine.pk).update(checked_in_at=now)

    with pytest.raises(RuleBroken, match="been there"):
        sign_off(event, student=student, at=now)

    mine.refresh_from_db()
    assert mine.state == RegistrationState.REGISTERED


def test_the_events_of_a_student_are_those_ahead_with_a_place_or_a_wait(student, now):
    mine, left, called_off = OpenEventFactory(), OpenEventFactory(), OpenEventFactory()
    OpenEventFactory()
    for event in (mine, left, called_off):
        sign_up(event, student=student, at=now)
    sign_off(left, student=student, at=now)
    called_off.state = EventState.CANCELLED
    called_off.save()

    assert list(events_of(student)) == [mine]


@pytest.mark.django_db(transaction=True)
def test_two_who_want_the_last_place_at_once_get_one_place_and_one_wait(now):
    event = OpenEventFactory(capacity=1)
    barrier = Barrier(2)
    outcomes: list[str] = []

    def press(student) -> None:
        try:
            barrier.wait()
            outcomes.append(sign_up(event, student=student, at=now).state)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[make_student()]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["registered", "waiting"]
