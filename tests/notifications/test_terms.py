"""Bands of days around a day; days off as the school's calendar has them."""

from datetime import date, timedelta

import pytest

from accounts.models.school import SpecialDay
from accounts.working_days import WorkingDays
from notifications.choices import Counting
from notifications.terms import Terms

WEDNESDAY = date(2026, 3, 11)
PLAIN = WorkingDays({})


def told(terms, on, days=PLAIN, *, around=20):
    """The marks of each day on which the band changes, by the day's distance."""
    found, last = {}, None
    for distance in range(-around, around + 1):
        mark = terms.mark_of(on, on + timedelta(days=distance), days)
        if mark != last:
            found[distance] = mark
            last = mark
    return found


def test_each_mark_opens_a_band_that_lasts_to_the_next():
    terms = Terms(marks=(-7, -1), until=0)

    assert told(terms, WEDNESDAY) == {-7: -7, -1: -1, 1: None}


def test_the_last_mark_is_repeated_until_the_end():
    terms = Terms(marks=(0,), every=5, until=12)

    assert told(terms, WEDNESDAY) == {0: 0, 5: 5, 10: 10, 13: None}


def test_only_working_days_count():
    terms = Terms(marks=(2,), until=4, counting=Counting.WORKING_DAYS)

    assert told(terms, WEDNESDAY) == {2: 2, 7: None}  # Friday to Tuesday
    assert told(Terms(marks=(-3,), until=0, counting=Counting.WORKING_DAYS), WEDNESDAY) == {-5: -3, 1: None}


def test_on_a_day_off_what_is_ahead_moves_forward_and_what_is_past_moves_back():
    saturday = date(2026, 3, 14)

    assert told(Terms(marks=(-1,), until=0, counting=Counting.ON_WORKING_DAYS), saturday + timedelta(days=1)) == {
        -2: -1, 1: None,
    }  # fmt: skip
    assert told(Terms(marks=(0,), until=0, counting=Counting.ON_WORKING_DAYS), saturday) == {2: 0, 3: None}


def test_public_holidays_and_weekends_worked_in_exchange_count_as_they_are():
    """Spring Festival 2026: 15 to 23 February off, the 14th and the 28th worked."""
    off = {date(2026, 2, 15) + timedelta(days=n): SpecialDay(is_workday=False) for n in range(9)}
    days = WorkingDays({**off, date(2026, 2, 14): SpecialDay(is_workday=True)})
    terms = Terms(marks=(1,), until=1, counting=Counting.WORKING_DAYS)

    assert terms.day_of(1, date(2026, 2, 13), days) == date(2026, 2, 14)
    assert terms.day_of(1, date(2026, 2, 14), days) == date(2026, 2, 24)


@pytest.mark.parametrize("counting", list(Counting))
def test_no_day_with_a_mark_is_outside_the_range_that_is_looked_at(counting):
    off = {date(2026, 9, 25) + timedelta(days=n): SpecialDay(is_workday=False) for n in range(14)}
    days = WorkingDays(off)
    terms = Terms(marks=(-20, -3, 0, 7), every=7, until=40, counting=counting)
    for number in range(120):
        today = date(2026, 8, 1) + timedelta(days=number)
        first, last = terms.range_around(today)
        for distance in range(-130, 131):
            on = today + timedelta(days=distance)
            if not first <= on <= last:
                assert terms.mark_of(on, today, days) is None, (on, today)


@pytest.mark.parametrize(("marks", "until"), [((), 1), ((3, 1), 5), ((1, 1), 5), ((3,), 2)])
def test_terms_that_could_never_speak_are_refused(marks, until):
    with pytest.raises(ValueError, match=r"^Marks rise"):
        Terms(marks=marks, until=until)
