"""Days on which the school works."""

from __future__ import annotations

from datetime import date, timedelta

WEEKDAYS = 5


def after(day: date, number: int) -> date:
    """The day so many working days later. Monday to Friday count; public holidays are not known yet."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < WEEKDAYS
    return day
