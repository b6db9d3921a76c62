"""Calendar weeks, Monday to Sunday, as the weekly figures count them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, order=True)
class Week:
    """Known by its Monday."""

    monday: date

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def code(self) -> str:
        """2026-W46, by ISO 8601."""
        year, number, _day = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def before(self) -> Week:
        return Week(self.monday - A_WEEK)

    @property
    def after(self) -> Week:
        return Week(self.monday + A_WEEK)

    def __str__(self) -> str:
        """The days as the reader writes them."""
        days = {"first": date_format(self.monday, "DATE_FORMAT"), "last": date_format(self.sunday, "DATE_FORMAT")}
        return _("%(first)s to %(last)s") % days


def week_of(day: date) -> Week:
    return Week(day - timedelta(days=day.weekday()))


def last_full_week(on: date) -> Week:
    """The week that ended before the one of this day."""
    return week_of(on).before
