"""Two at the same moment at the door and at the list of places."""

from datetime import timedelta

import pytest

from events.choices import RegistrationState
from events.models import Registration
from events.services.presence import let_in
from events.services.seats import sign_off, sign_up
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from tests.factories.accounts import student as make_student
from tests.factories.events import OpenEventFactory
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def states(event):
    return dict(event.registrations.values_list("student", "state"))


def test_one_student_with_three_tabs_has_one_place(now):
    event, student = OpenEventFactory(capacity=5), make_student()

    signed = together(*[lambda: sign_up(event, student=student, at=now)] * 3)

    mine = Registration.objects.get()
    assert {(each.pk, each.ticket) for each in signed} == {(mine.pk, mine.ticket)}


def test_a_place_given_back_while_somebody_signs_up_goes_to_who_waited_longest(now):
    event = OpenEventFactory(capacity=1)
    leaving, waiting, late = (make_student() for _ in range(3))
    sign_up(event, student=leaving, at=now)
    sign_up(event, student=waiting, at=now + timedelta(minutes=1))

    together(
        lambda: sign_off(event, student=leaving, at=now + timedelta(minutes=2)),
        lambda: sign_up(event, student=late, at=now + timedelta(minutes=2)),
    )

    assert states(event) == {leaving.pk: "cancelled", waiting.pk: "registered", late.pk: "waiting"}
    told = OutgoingMessage.objects.filter(channel=Channel.INBOX)
    assert list(told.values_list("recipient", flat=True)) == [waiting.pk]


def test_two_who_leave_at_once_let_two_move_up(now):
    event = OpenEventFactory(capacity=2)
    people = [make_student() for _ in range(5)]
    for minutes, student in enumerate(people):
        sign_up(event, student=student, at=now + timedelta(minutes=minutes))

    together(*[lambda each=each: sign_off(event, student=each, at=now + timedelta(hours=1)) for each in people[:2]])

    assert [states(event)[each.pk] for each in people] == [
        "cancelled", "cancelled", "registered", "registered", "waiting",
    ]  # fmt: skip


@pytest.mark.parametrize("has_ticket", [True, False], ids=["with a ticket", "without signing up"])
def test_two_phones_at_the_door_let_somebody_in_once(officer, admin, now, today, has_ticket):
    event, student = OpenEventFactory(held_on=today), make_student()
    if has_ticket:
        sign_up(event, student=student, at=now)
    later = now + timedelta(seconds=5)

    came = together(
        lambda: let_in(event, student, by=officer, at=now), lambda: let_in(event, student, by=admin, at=later)
    )

    mine = Registration.objects.get()
    assert mine.state == (RegistrationState.REGISTERED if has_ticket else RegistrationState.WALK_IN)
    assert (mine.checked_in_at, mine.checked_in_by) in [(now, officer), (later, admin)]
    assert {(each.pk, each.checked_in_at, each.checked_in_by) for each in came} == {
        (mine.pk, mine.checked_in_at, mine.checked_in_by)
    }
