"""Follow-ups, visits ahead and missing reports: the bands, once-ness, and whether it still holds."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models.school import SpecialDay
from notifications.choices import Channel
from notifications.models import OutgoingMessage
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import FollowUpFactory, VisitFactory, led_visit
from visits import reminders, tasks
from visits.choices import FollowUpState, VisitState
from visits.services.reminding import queue_reminders

pytestmark = pytest.mark.django_db
S = VisitState


def keys(now):
    return sorted(reminder.key for reminder in reminders.due_reminders(now))


@pytest.mark.parametrize(
    ("late", "band"),
    [
        (-4, None), (-3, "3d"), (-1, "3d"), (0, "due"), (2, "due"), (3, "late3"), (6, "late3"),
        (7, "late7"), (30, "late7"), (31, None),
    ],
)  # fmt: skip
def test_each_day_around_the_due_day_falls_into_one_band(now, today, late, band):
    follow_up = FollowUpFactory(due_on=today - timedelta(days=late))

    assert keys(now) == ([f"follow_up:{follow_up.pk}:{band}:{follow_up.due_on:%Y%m%d}"] if band else [])


def test_closed_follow_ups_and_people_who_left_are_left_alone(now, today):
    FollowUpFactory(due_on=today, state=FollowUpState.DONE)
    FollowUpFactory(due_on=today, owner=UserFactory(is_active=False))

    assert keys(now) == []


@pytest.mark.parametrize(("days", "lead"), [(0, 1), (1, 1), (2, 7), (7, 7), (8, None), (-1, None)])
def test_leader_and_organiser_hear_of_a_visit_ahead(officer, leader, now, today, days, lead):
    visit = led_visit(leader, organiser=officer, starts_on=today + timedelta(days=days))

    found = [(item.key, item.to) for item in reminders.due_reminders(now)]

    key = f"visit:{visit.pk}:{lead}d:{visit.starts_on:%Y%m%d}"
    assert found == ([(key, leader), (key, officer)] if lead else [])


def test_who_leads_what_they_organised_hears_once(leader, now, today):
    led_visit(leader, organiser=leader, starts_on=today)

    assert len(keys(now)) == 1


@pytest.mark.parametrize(("hour", "count"), [(11, 0), (12, 0), (13, 1)])
def test_a_visit_of_today_is_ahead_until_its_hour(officer, now, today, hour, count):
    VisitFactory(organiser=officer, starts_on=today, starts_at_time=time(hour))

    assert len(keys(now)) == count


@pytest.mark.parametrize("state", [S.HELD, S.REPORTED, S.CANCELLED])
def test_only_visits_that_will_take_place_are_ahead(officer, now, today, state):
    VisitFactory(organiser=officer, starts_on=today + timedelta(days=1), state=state)

    assert keys(now) == []


@pytest.mark.parametrize(
    ("day", "is_missing"),
    [
        (date(2026, 11, 24), False),
        (date(2026, 11, 19), False),  # a Thursday: its three working days end today
        (date(2026, 11, 18), True),
        (date(2026, 9, 25), True),
        (date(2026, 9, 24), False),  # more than sixty days ago
    ],
)
@pytest.mark.parametrize("state", [S.HELD, S.CONFIRMED])
def test_the_organiser_is_asked_for_the_report_after_three_working_days(officer, leader, now, day, is_missing, state):
    visit = led_visit(leader, organiser=officer, starts_on=day, state=state)

    found = [(item.key, item.to) for item in reminders.due_reminders(now) if item.key.split(":")[2] == "report"]

    assert found == ([(f"visit:{visit.pk}:report:{day:%Y%m%d}", officer)] if is_missing else [])


def test_a_public_holiday_gives_the_organiser_more_time(officer, leader, now):
    led_visit(leader, organiser=officer, starts_on=date(2026, 11, 18), state=S.HELD)
    SpecialDay.objects.create(day=date(2026, 11, 20), name_zh="校庆")

    assert list(reminders.due_reminders(now)) == []


def test_reported_visits_and_those_without_a_day_or_an_organiser_are_asked_of_nobody(officer, now):
    VisitFactory(organiser=officer, starts_on=date(2026, 11, 2), state=S.REPORTED)
    VisitFactory(organiser=officer, starts_on=None, state=S.HELD)
    VisitFactory(organiser=None, starts_on=date(2026, 11, 2), state=S.HELD)

    assert keys(now) == []


def test_the_day_turns_in_shanghai_not_in_greenwich(today):
    FollowUpFactory(due_on=today)

    assert ":3d:" in keys(datetime(2026, 11, 23, 15, 59, tzinfo=UTC))[0]
    assert ":due:" in keys(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))[0]


def test_each_reminder_is_stored_once_per_channel_however_often_the_clock_strikes(officer, leader, now, today):
    enterprise = EnterpriseFactory(name_en="Huirun Group")
    led_visit(leader, organiser=officer, starts_on=today + timedelta(days=1), enterprise=enterprise, place="甲楼")
    held = VisitFactory(organiser=officer, starts_on=date(2026, 11, 16), state=S.HELD, enterprise=enterprise)
    FollowUpFactory(visit=held, due_on=today + timedelta(days=2), owner=officer, what="Send the plan")

    assert queue_reminders(now=now) == 8
    assert queue_reminders(now=now) == 0
    assert queue_reminders(now=now + timedelta(hours=3)) == 0

    mails = OutgoingMessage.objects.filter(channel=Channel.EMAIL).order_by("subject", "recipient")
    assert [(mail.recipient, mail.subject, mail.still_due) for mail in mails] == [
        (officer, "Due in 2 days: Send the plan", "visits.follow_up"),
        (officer, "The report is missing: Huirun Group", "visits.report"),
        *sorted(
            [(person, "Visit tomorrow: Huirun Group", "visits.visit") for person in (officer, leader)],
            key=lambda row: row[0].pk,
        ),
    ]
    assert "Where: 甲楼" in mails[3].body


def test_the_next_band_and_a_new_day_are_new_reminders(officer, now, today):
    follow_up = FollowUpFactory(due_on=today + timedelta(days=2), owner=officer)
    queue_reminders(now=now)

    assert queue_reminders(now=now + timedelta(days=2)) == 2
    follow_up.due_on = today + timedelta(days=3)
    follow_up.save()
    assert queue_reminders(now=now + timedelta(days=2)) == 2


def test_the_task_rings_the_service(officer, today):
    FollowUpFactory(due_on=today, owner=officer)

    tasks.queue_reminders.delay()

    assert OutgoingMessage.objects.count() == 2
    assert tasks.queue_reminders.name == "visits.queue_reminders"


@pytest.mark.parametrize(
    ("name", "make", "settle"),
    [
        ("visits.follow_up", lambda: FollowUpFactory(), {"state": FollowUpState.DONE}),
        ("visits.visit", lambda: VisitFactory(), {"state": S.CANCELLED}),
        ("visits.report", lambda: VisitFactory(state=S.HELD, starts_on=date(2026, 11, 2)), {"state": S.REPORTED}),
    ],
)
def test_what_was_settled_meanwhile_is_not_sent(now, name, make, settle):
    still_due = import_string(settings.STILL_DUE[name])
    subject = make()

    assert still_due(subject.pk, now=now) is True
    type(subject).objects.filter(pk=subject.pk).update(**settle)
    assert still_due(subject.pk, now=now) is False


def test_a_visit_that_has_begun_is_not_ahead_any_more(now, today):
    visit = VisitFactory(starts_on=today, starts_at_time=time(9))

    assert reminders.visit_still_ahead(visit.pk, now=now) is False
