"""The day before an event, whoever has a place and the organiser are reminded once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from events.choices import EventState, RegistrationState
from events.models import Event
from events.reminders import due_reminders, event_still_ahead, place_still_kept
from events.services.reminding import queue_reminders as queue
from events.services.seats import sign_off, sign_up
from events.tasks import queue_reminders
from notifications.choices import Channel
from notifications.models import OutgoingMessage
from tests.factories.accounts import student as make_student
from tests.factories.events import OpenEventFactory

pytestmark = pytest.mark.django_db
DAY_BEFORE = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai; the event begins at 14:00 on the 25th


@pytest.fixture
def event(officer) -> Event:
    return OpenEventFactory(name_en="Careers in film", organiser=officer, capacity=1)


def _told(channel: Channel = Channel.INBOX) -> list[int]:
    """Who was reminded: messages of other steps hold nothing to ask again before they leave."""
    rows = OutgoingMessage.objects.filter(channel=channel).exclude(still_due="")
    return list(rows.order_by("pk").values_list("recipient", flat=True))


def test_who_has_a_place_and_the_organiser_are_reminded_once(officer, now, event):
    first, waiting = make_student(), make_student()
    sign_up(event, student=first, at=now)
    assert sign_up(event, student=waiting, at=now).state == RegistrationState.WAITING

    assert queue(now=DAY_BEFORE - timedelta(minutes=1)) == 0
    assert queue(now=DAY_BEFORE) == 4
    assert queue(now=DAY_BEFORE + timedelta(hours=5)) == 0

    assert _told() == [first.pk, officer.pk]
    assert _told(Channel.EMAIL) == [first.pk, officer.pk]


def test_the_task_reminds_of_what_begins_within_a_day(officer):
    begins = timezone.localtime() + timedelta(hours=20)
    event = OpenEventFactory(organiser=officer, held_on=begins.date(), starts_at_time=begins.time())
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

    queue(now=DAY_BEFORE)

    mail, inbox = OutgoingMessage.objects.filter(recipient=mine, still_due="events.place").order_by("channel")
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
    queue(now=DAY_BEFORE)
    Event.objects.update(held_on=date(2026, 11, 27))

    assert queue(now=DAY_BEFORE + timedelta(hours=1)) == 0
    assert queue(now=DAY_BEFORE + timedelta(days=2)) == 4


def test_who_signs_up_within_the_day_has_just_read_it(officer, event):
    sign_up(event, student=make_student(), at=DAY_BEFORE + timedelta(hours=1))

    queue(now=DAY_BEFORE + timedelta(hours=2))

    assert _told() == [officer.pk]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": EventState.DRAFT},
        {"state": EventState.HELD},
        {"state": EventState.CANCELLED},
        {"held_on": date(2026, 11, 26)},
        {"held_on": date(2026, 11, 24), "starts_at_time": time(13, 59)},
        {"starts_at_time": time(14, 1)},
    ],
)
def test_what_is_not_ahead_within_a_day_reminds_nobody(now, event, fields):
    sign_up(event, student=make_student(), at=now)
    Event.objects.update(**fields)

    assert queue(now=DAY_BEFORE) == 0


def test_an_event_without_an_hour_is_reminded_of_from_nine_the_day_before_until_its_day_is_over(event):
    Event.objects.update(starts_at_time=None)
    nine = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

    assert queue(now=nine - timedelta(minutes=1)) == 0
    assert queue(now=nine) == 2
    assert event_still_ahead(event.pk, now=nine + timedelta(hours=38)) is True
    assert event_still_ahead(event.pk, now=nine + timedelta(hours=39)) is False


def test_a_mail_that_waits_is_not_sent_to_who_signed_off_nor_of_what_was_called_off(now, event):
    place = sign_up(event, student=make_student(), at=now)
    assert (place_still_kept(place.pk, now=DAY_BEFORE), event_still_ahead(event.pk, now=DAY_BEFORE)) == (True, True)

    sign_off(event, student=place.student, at=DAY_BEFORE)
    assert (place_still_kept(place.pk, now=DAY_BEFORE), event_still_ahead(event.pk, now=DAY_BEFORE)) == (False, True)

    Event.objects.update(state=EventState.CANCELLED)
    assert event_still_ahead(event.pk, now=DAY_BEFORE) is False


@pytest.mark.parametrize("students", [1, 3])
def test_reminders_are_found_in_the_same_number_of_queries(now, event, students, django_assert_num_queries):
    Event.objects.update(capacity=None)
    event.refresh_from_db()
    for _ in range(students):
        sign_up(event, student=make_student(), at=now)

    with django_assert_num_queries(2):
        found = list(due_reminders(DAY_BEFORE))

    assert len(found) == students + 1
