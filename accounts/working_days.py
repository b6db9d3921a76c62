"""Days on which the school works: Monday to Friday, but for the special days on file.

Of days of which nothing is on file the weekday decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models.school import SpecialDay

WEEKDAYS = 5
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """The special days, read once: whoever asks about many days asks this."""

    special: dict[date, SpecialDay]

    def is_workday(self, day: date) -> bool:
        known = self.special.get(day)
        return known.is_workday if known else day.weekday() < WEEKDAYS

    def after(self, day: date, number: int) -> date:
        """The day so many working days later; none later is the day itself, whatever day it is."""
        while number:
            day += A_DAY
            number -= self.is_workday(day)
        return day

    def before(self, day: date, number: int) -> date:
        """The day so many working days earlier."""
        while number:
            day -= A_DAY
            number -= self.is_workday(day)
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself when the school works, else the next day on which it does."""
        return day if self.is_workday(day) else self.after(day, 1)

    def hint(self, day: date | None) -> str:
        """What a person is told who chose a day off; nothing about a day of work."""
        if day is None or self.is_workday(day):
            return ""
        said = {
            "day": date_format(day, "DATE_FORMAT"),
            "weekday": date_format(day, "l"),
            "next": date_format(self.on_or_after(day), "DATE_FORMAT"),
        }
        if day not in self.special:
            return _("%(day)s is a %(weekday)s; the next working day is %(next)s.") % said
        said["name"] = str(self.special[day])
        return _("%(day)s is a day off (%(name)s); the next working day is %(next)s.") % said


def working_days() -> WorkingDays:
    """The calendar of the school; one query."""
    return WorkingDays({special.day: special for special in SpecialDay.objects.all()})


def is_workday(day: date) -> bool:
    return working_days().is_workday(day)


def after(day: date, number: int) -> date:
    """The day so many working days later; one query."""
    return working_days().after(day, number)


def on_or_after(day: date) -> date:
    """The day itself or the next on which the school works; one query."""
    return working_days().on_or_after(day)
