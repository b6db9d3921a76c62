"""Quiet hours, days off and the hour of gathered letters, in the reader's own time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models.people import User
from accounts.models.school import SpecialDay
from accounts.working_days import WorkingDays
from notifications.choices import Counting, Pace
from notifications.hours import gathered_at, leaves_at
from notifications.models.reminding import ReminderHours
from notifications.terms import Terms

HOURS = ReminderHours()  # quiet from 21:00 to 7:30, gathered at 8:00, weekly ones on Mondays
PLAIN = WorkingDays({})
EVERY_DAY = Terms(marks=(0,), until=1)
WORKING = Terms(marks=(0,), until=1, counting=Counting.ON_WORKING_DAYS)
SHANGHAI, BERLIN = User(time_zone=""), User(time_zone="Europe/Berlin")


def leaves(now, user=SHANGHAI, *, terms=EVERY_DAY, on=date(2026, 1, 1), days=PLAIN, hours=HOURS):
    return leaves_at(now, user, on=on, terms=terms, hours=hours, days=days).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((2026, 3, 11, 4, 0), (2026, 3, 11, 4, 0)),  # noon
        ((2026, 3, 11, 12, 59), (2026, 3, 11, 12, 59)),  # a minute before nine
        ((2026, 3, 11, 13, 0), (2026, 3, 11, 23, 30)),  # nine in the evening
        ((2026, 3, 11, 17, 0), (2026, 3, 11, 23, 30)),  # one at night
        ((2026, 3, 11, 23, 30), (2026, 3, 11, 23, 30)),  # half past seven
    ],
)
def test_at_night_it_waits_for_the_morning(now, then):
    assert leaves(datetime(*now, tzinfo=UTC)) == datetime(*then, tzinfo=UTC)


def test_whose_day_it_is_hears_while_another_sleeps():
    nine_in_the_evening_in_shanghai = datetime(2026, 3, 11, 13, 0, tzinfo=UTC)

    assert leaves(nine_in_the_evening_in_shanghai, BERLIN) == nine_in_the_evening_in_shanghai


def test_quiet_hours_within_a_day_end_on_it():
    hours = ReminderHours(quiet_from=time(12), quiet_to=time(14))

    assert leaves(datetime(2026, 3, 11, 5, 0, tzinfo=UTC), hours=hours) == datetime(2026, 3, 11, 6, 0, tzinfo=UTC)


def test_on_a_day_off_it_waits_for_the_next_day_of_work():
    saturday_noon = datetime(2026, 3, 14, 4, 0, tzinfo=UTC)
    worked = WorkingDays({date(2026, 3, 15): SpecialDay(is_workday=True)})

    assert leaves(saturday_noon) == saturday_noon
    assert leaves(saturday_noon, terms=WORKING) == datetime(2026, 3, 15, 23, 30, tzinfo=UTC)  # Monday
    assert leaves(saturday_noon, terms=WORKING, days=worked) == datetime(2026, 3, 14, 23, 30, tzinfo=UTC)


def test_what_is_about_the_day_off_itself_does_not_wait():
    saturday_noon = datetime(2026, 3, 14, 4, 0, tzinfo=UTC)

    assert leaves(saturday_noon, terms=WORKING, on=date(2026, 3, 15)) == saturday_noon


def test_gathered_letters_leave_at_the_readers_hour():
    noon = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)  # Wednesday

    assert gathered_at(Pace.DAILY, noon, SHANGHAI, hours=HOURS) == datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
    assert gathered_at(Pace.WEEKLY, noon, SHANGHAI, hours=HOURS) == datetime(2026, 3, 16, 0, 0, tzinfo=UTC)
    assert gathered_at(Pace.DAILY, noon, BERLIN, hours=HOURS) == datetime(2026, 3, 11, 7, 0, tzinfo=UTC)


def test_at_the_very_hour_the_next_one_is_meant():
    eight = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)  # Monday, eight in Shanghai

    assert gathered_at(Pace.DAILY, eight, SHANGHAI, hours=HOURS) == eight + timedelta(days=1)
    assert gathered_at(Pace.WEEKLY, eight, SHANGHAI, hours=HOURS) == eight + timedelta(days=7)


def test_the_hour_stays_the_same_when_clocks_change():
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # summer time begins that night

    assert gathered_at(Pace.DAILY, before, BERLIN, hours=HOURS) == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
