"""Days of the school's clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The instant at which a day begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def midnight_after(day: date) -> datetime:
    """The instant at which a day is over: the midnight that follows it."""
    return midnight(day + timedelta(days=1))


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """Where some days begin and end, the last one whole."""
    return midnight(first), midnight_after(last)
