"""The day before an event, whoever has a place and the organiser are reminded once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from events.choices import EventState, RegistrationState
from events.models import Event
from events.services.seats import sign_off, sign_up
from notifications.choices import Channel
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from notifications.tasks import queue_reminders
from tests import reminding
from tests.factories.accounts import student as make_student
from tests.factories.events import OpenEventFactory

pytestmark = pytest.mark.django_db
DAY_BEFORE = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai; the event begins at 14:00 on the 25th
MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # in Shanghai the day before begins


@pytest.fixture
def event(officer) -> Event:
    return OpenEventFactory(name_en="Careers in film", organiser=officer, capacity=1)


def queue(now: datetime) -> int:
    return reminding.queue(now, "events.place", "events.event")


def _told(channel: Channel = Channel.INBOX) -> list[int]:
    """Who was reminded: messages of other steps are of no rule."""
    rows = OutgoingMessage.objects.filter(channel=channel, rule__startswith="events.")
    return list(rows.order_by("pk").values_list("recipient", flat=True))


def _mails_leave(now: datetime) -> dict[str, list[bool]]:
    """Whether the stored mails of each rule leave at a moment."""
    mails = OutgoingMessage.objects.filter(channel=Channel.EMAIL, rule__startswith="events.").order_by("pk")
    left: dict[str, list[bool]] = {}
    for mail in mails:
        left.setdefault(mail.rule, []).append(deliver_message(mail.pk, now=now))
    return left


def test_who_has_a_place_and_the_organiser_are_reminded_once(officer, now, event):
    first, waiting = make_student(), make_student()
    sign_up(event, student=first, at=now)
    assert sign_up(event, student=waiting, at=now).state == RegistrationState.WAITING

    assert queue(MIDNIGHT - timedelta(minutes=1)) == 0
    assert queue(MIDNIGHT) == 4
    assert queue(DAY_BEFORE + timedelta(hours=5)) == 0

    assert _told() == [first.pk, officer.pk]
    assert _told(Channel.EMAIL) == [first.pk, officer.pk]


def test_the_task_reminds_of_what_takes_place_tomorrow(officer):
    tomorrow = timezone.localdate() + timedelta(days=1)
    event = OpenEventFactory(organiser=officer, held_on=tomorrow, starts_at_time=time(14))
    mine = make_student()
    sign_up(event, student=mine, at=timezone.now() - timedelta(days=2))

    queue_reminders()
    queue_reminders()

    assert _told() == [mine.pk, officer.pk]


def test_each_reads_what_concerns_them(officer, now, event):
    mine = make_student(language="en")
    officer.language = "en"
    officer.save()
    sign_up(event, student=mine, at=now)

    queue(DAY_BEFORE)

    mail, inbox = OutgoingMessage.objects.filter(recipient=mine, rule="events.place").order_by("channel")
    assert mail.subject == inbox.subject == "Coming up: Careers in film"
    assert mail.body == (
        "You have a place at “Careers in film”. Show your ticket at the door; it is on the page of the event. "
        "If you cannot come, please sign off so that the next one moves up.\n\n"
        "Day: 25 Nov 2026\nFrom: 14:00\nPlace: 学术报告厅"
    )
    assert inbox.link == f"/events/{event.pk}/"
    of_organiser = OutgoingMessage.objects.filter(recipient=officer, channel=Channel.EMAIL).get()
    assert of_organiser.body.splitlines()[0] == (
        "“Careers in film”, which you organise, is about to take place. 1 student has a place."
    )


def test_another_day_is_another_reminder(now, event):
    sign_up(event, student=make_student(), at=now)
    queue(DAY_BEFORE)
    Event.objects.update(held_on=date(2026, 11, 27))

    assert queue(DAY_BEFORE + timedelta(hours=1)) == 0
    assert queue(DAY_BEFORE + timedelta(days=2)) == 4


@pytest.mark.parametrize(
    "fields", [{"held_on": date(2026, 11, 27)}, {"starts_at_time": time(16)}, {"state": EventState.CANCELLED}]
)
def test_what_was_stored_of_an_event_that_changed_a_minute_ago_is_not_sent(now, event, fields):
    sign_up(event, student=make_student(), at=now)
    queue(DAY_BEFORE)
    Event.objects.update(**fields)

    assert _mails_leave(DAY_BEFORE + timedelta(minutes=1)) == {"events.place": [False], "events.event": [False]}


def test_who_signs_up_on_the_day_of_the_reminder_has_just_read_it(officer, event):
    sign_up(event, student=make_student(), at=MIDNIGHT + timedelta(hours=1))

    queue(DAY_BEFORE + timedelta(hours=2))

    assert _told() == [officer.pk]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": EventState.DRAFT},
        {"state": EventState.HELD},
        {"state": EventState.CANCELLED},
        {"held_on": date(2026, 11, 26)},
        {"held_on": date(2026, 11, 24), "starts_at_time": time(13, 59)},
    ],
)
def test_what_is_not_ahead_on_the_next_day_reminds_nobody(now, event, fields):
    sign_up(event, student=make_student(), at=now)
    Event.objects.update(**fields)

    assert queue(DAY_BEFORE) == 0


def test_an_event_without_an_hour_is_ahead_until_its_day_is_over(event):
    Event.objects.update(starts_at_time=None)

    assert queue(MIDNIGHT - timedelta(minutes=1)) == 0
    assert len(reminding.due("events.event", MIDNIGHT)) == 1
    assert len(reminding.due("events.event", MIDNIGHT + timedelta(hours=47, minutes=59))) == 1
    assert reminding.due("events.event", MIDNIGHT + timedelta(hours=48)) == []


def test_a_mail_that_waits_is_not_sent_to_who_signed_off_nor_of_what_was_called_off(now, event):
    place = sign_up(event, student=make_student(), at=now)
    queue(DAY_BEFORE)

    sign_off(event, student=place.student, at=DAY_BEFORE)

    assert _mails_leave(DAY_BEFORE + timedelta(minutes=1)) == {"events.place": [False], "events.event": [True]}


@pytest.mark.parametrize("students", [1, 3])
def test_reminders_are_found_in_the_same_number_of_queries(now, event, students, django_assert_num_queries):
    Event.objects.update(capacity=None)
    event.refresh_from_db()
    for _ in range(students):
        sign_up(event, student=make_student(), at=now)

    with django_assert_num_queries(6):  # for each rule its terms, the days off, and what it finds
        found = reminding.due("events.place", DAY_BEFORE) + reminding.due("events.event", DAY_BEFORE)

    assert len(found) == students + 1
