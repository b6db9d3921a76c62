"""Who came: tickets, the code in the room, and by hand."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from events import exports, room_code
from events.choices import EventState
from events.models import Event, Registration
from events.selectors import attendance
from events.services.presence import come_by_code, let_in, take_back
from events.services.seats import sign_up
from events.services.voices import give_feedback
from tests.factories.accounts import student as make_student
from tests.factories.events import OpenEventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(today) -> Event:
    return OpenEventFactory(held_on=today)


def outcomes(event: Event) -> list[str]:
    return [line.outcome for line in attendance.lines(event, attendance.attendance(event))]


def test_a_ticket_lets_its_owner_in_once(event, student, officer, now):
    mine = sign_up(event, student=student, at=now)

    let_in(event, student, by=officer, at=now)
    let_in(event, student, by=officer, at=now + timedelta(minutes=5))

    mine.refresh_from_db()
    assert (mine.checked_in_at, mine.checked_in_by, mine.state) == (now, officer, "registered")
    assert outcomes(event) == ["came"]


def test_who_comes_without_signing_up_is_told_apart_from_who_does_not_come(event, officer, now):
    students = [make_student(number=f"S{n}") for n in range(3)]
    for each in students[:2]:
        sign_up(event, student=each, at=now)
    let_in(event, students[0], by=officer, at=now)
    let_in(event, students[2], by=officer, at=now)

    assert outcomes(event) == ["came", "awaited", "walked_in"]
    event.state = EventState.HELD
    assert outcomes(event) == ["came", "missed", "walked_in"]
    assert attendance.counts(event) == [("Came", 1), ("Came without signing up", 1), ("Did not come", 1)]


@pytest.mark.parametrize("role", ["student", "leader", "stranger"])
def test_only_the_office_and_colleges_stand_at_the_door(request, event, role, now):
    with pytest.raises(PermissionDenied):
        let_in(event, make_student(), by=request.getfixturevalue(role), at=now)

    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"held_on": date(2026, 11, 22)}, "The event is on"),
        ({"state": EventState.DRAFT}, "Nobody can come"),
        ({"state": EventState.CANCELLED}, "Nobody can come"),
    ],
)
def test_nobody_comes_before_the_day_or_to_what_is_not_announced(officer, student, now, today, fields, words):
    event = OpenEventFactory(**{"held_on": today, **fields})

    with pytest.raises(RuleBroken, match=words):
        let_in(event, student, by=officer, at=now)

    assert not Registration.objects.exists()


@pytest.mark.parametrize(("seconds", "holds"), [(0, True), (59, True), (119, True), (120, False), (-1, False)])
def test_the_code_in_the_room_is_worth_nothing_two_minutes_after_it_was_first_shown(event, now, seconds, holds):
    code = room_code.code_at(event, now)  # a full minute

    assert room_code.holds(event, code, now + timedelta(seconds=seconds)) is holds


def test_the_code_of_another_event_or_of_nothing_does_not_hold(event, now):
    other = OpenEventFactory(held_on=event.held_on, check_in_secret="5ec7e8")

    assert room_code.holds(event, room_code.code_at(other, now), now) is False
    assert room_code.holds(event, "", now) is False
    assert room_code.holds(event, "密码", now) is False
    event.check_in_secret = ""
    assert room_code.holds(event, room_code.code_at(event, now), now) is False


def test_a_student_says_with_the_code_that_they_came(event, student, now):
    mine = come_by_code(event, room_code.code_at(event, now), student=student, at=now + timedelta(seconds=30))

    assert (mine.state, mine.checked_in_by) == ("walk_in", None)


def test_an_old_photo_of_the_code_changes_nothing(event, student, now):
    with pytest.raises(RuleBroken, match="run out"):
        come_by_code(event, room_code.code_at(event, now), student=student, at=now + timedelta(minutes=2))

    assert not Registration.objects.exists()


def test_the_code_holds_on_the_day_only(student, now, today):
    event = OpenEventFactory(held_on=today - timedelta(days=1))

    with pytest.raises(RuleBroken, match="on the day"):
        come_by_code(event, room_code.code_at(event, now), student=student, at=now)

    assert not Registration.objects.exists()


def test_colleagues_do_not_come_by_the_code(event, officer, now):
    with pytest.raises(PermissionDenied):
        come_by_code(event, room_code.code_at(event, now), student=officer, at=now)

    assert not Registration.objects.exists()


def test_who_was_let_in_by_mistake_is_taken_back(event, officer, now):
    signed, walked = make_student(), make_student()
    sign_up(event, student=signed, at=now)
    first, second = let_in(event, signed, by=officer, at=now), let_in(event, walked, by=officer, at=now)

    take_back(first, by=officer)
    take_back(second, by=officer)

    assert list(event.registrations.order_by("pk").values_list("state", "checked_in_at")) == [
        ("registered", None),
        ("cancelled", None),
    ]


def test_who_said_already_how_it_was_stays_on_the_list(event, student, officer, now):
    mine = let_in(event, student, by=officer, at=now)
    give_feedback(event, stars=4, text="", student=student, at=now)

    with pytest.raises(RuleBroken):
        take_back(mine, by=officer)

    mine.refresh_from_db()
    assert mine.checked_in_at == now


def test_the_list_goes_out_with_who_came_when(event, officer, now):
    student = make_student(number="S1", name="刘洋", name_en="Liu Yang", profile_class_name="动漫2301")
    sign_up(event, student=student, at=now)
    let_in(event, student, by=officer, at=now)

    table, (line,) = exports.attendance(event), attendance.lines(event, attendance.attendance(event))
    row = [column.of(line) for column in table.columns.values()]

    assert [str(cell) for cell in row[:5]] == ["S1", "Liu Yang", str(student.student_profile.major), "动漫2301", "Came"]
    assert row[5:] == [now, now]
