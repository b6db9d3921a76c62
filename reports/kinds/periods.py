"""Periods that forms offer: some move with the day on which the report is built, others stand still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.selectors.weeks import last_full_week

YEAR_BEGINS = 9  # the school year, in September
YEARS_BACK = 10
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Period:
    """Both days belong to it."""

    since: date
    until: date

    def __str__(self) -> str:
        days = {"first": date_format(self.since, "DATE_FORMAT"), "last": date_format(self.until, "DATE_FORMAT")}
        return _("%(first)s to %(last)s") % days

    @property
    def months(self) -> list[Period]:
        """The calendar months of it, in their order; across the end of a year too."""
        found, first = [], self.since
        while first <= self.until:
            following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            found.append(Period(first, min(following - timedelta(days=1), self.until)))
            first = following
        return found

    @property
    def before(self) -> Period:
        """The same days a year earlier."""
        return Period(_year_before(self.since), _year_before(self.until))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def school_year(first: int) -> Period:
    """From September of a year to August of the next."""
    return Period(date(first, YEAR_BEGINS, 1), date(first + 1, YEAR_BEGINS, 1) - timedelta(days=1))


def calendar_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def school_year_of(on: date) -> int:
    """The year in which the school year of a day began."""
    return on.year if on.month >= YEAR_BEGINS else on.year - 1


def year_choices(on: date) -> Choices:
    """This school year and this year, the ones before, and those of the last ten years by their numbers."""
    school, this = school_year_of(on), on.year
    moving = [
        ("school", _("The school year that runs")),
        ("school-before", _("The school year before")),
        ("year", _("The calendar year that runs")),
        ("year-before", _("The calendar year before")),
    ]
    schools = [
        (f"school-{year}", _("School year %(first)s/%(last)s") % {"first": year, "last": year + 1})
        for year in range(school, school - YEARS_BACK, -1)
    ]
    years = [(f"year-{year}", _("Year %(year)s") % {"year": year}) for year in range(this, this - YEARS_BACK, -1)]
    return [*moving, *schools, *years]


def year_of(chosen: str, on: date) -> Period:
    """The days of a choice of year_choices, on the day of the report."""
    what, _dash, which = chosen.partition("-")
    first = school_year_of(on) if what == "school" else on.year
    year = first - 1 if which == "before" else int(which or first)
    return school_year(year) if what == "school" else calendar_year(year)


def span_choices() -> Choices:
    return [
        ("", _("All days, or the days below")),
        ("week", _("The last full week")),
        ("month", _("The month before")),
        ("school", _("The school year that runs")),
        ("year", _("The calendar year that runs")),
    ]


def span_of(chosen: str, on: date) -> Period:
    """The days of a choice of span_choices that is not empty."""
    if chosen == "week":
        week = last_full_week(on)
        return Period(week.monday, week.sunday)
    if chosen == "month":
        last = on.replace(day=1) - timedelta(days=1)
        return Period(last.replace(day=1), last)
    return year_of(chosen, on)
