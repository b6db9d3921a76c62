"""When a rule speaks: the days around a day, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.working_days import WorkingDays
from notifications.choices import Counting

# Working days are asked for over a range that is wide enough for the longest holidays.
_SLACK = 16


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Marks are days after the day that a matter is about, negative before it. Each mark opens a band that lasts to the
    next one, the last to `until`; in each band a person is told once. `every` repeats the last mark.
    """

    marks: tuple[int, ...]
    until: int
    every: int = 0
    counting: Counting = Counting.EVERY_DAY
    audiences: tuple[str, ...] = ()
    number: int | None = None
    is_on: bool = True

    def __post_init__(self) -> None:
        if not self.marks or list(self.marks) != sorted(set(self.marks)) or self.until < self.marks[-1]:
            raise ValueError(f"Marks rise, and the last day is none before them: {self.marks}, {self.until}.")

    @property
    def all_marks(self) -> list[int]:
        """The marks with the repeats of the last one."""
        more = range(self.marks[-1] + self.every, self.until + 1, self.every) if self.every else ()
        return [*self.marks, *more]

    def day_of(self, mark: int, on: date, days: WorkingDays) -> date:
        """The day on which a mark of a matter of `on` begins."""
        if self.counting == Counting.WORKING_DAYS:
            return days.after(on, mark) if mark >= 0 else days.before(on, -mark)
        day = on + timedelta(days=mark)
        if self.counting == Counting.EVERY_DAY or days.is_workday(day):
            return day
        return days.before(day, 1) if mark < 0 else days.after(day, 1)

    def last_day(self, on: date, days: WorkingDays) -> date:
        """The last day on which anybody is told; a day off does not shorten it."""
        if self.counting == Counting.WORKING_DAYS:
            return self.day_of(self.until, on, days)
        return max(on + timedelta(days=self.until), self.day_of(self.all_marks[-1], on, days))

    def mark_of(self, on: date, today: date, days: WorkingDays) -> int | None:
        """The mark in whose band today lies for a matter of `on`; None when it is too early or too late."""
        if today > self.last_day(on, days):
            return None
        begun = [mark for mark in self.all_marks if self.day_of(mark, on, days) <= today]
        return begun[-1] if begun else None

    def range_around(self, today: date) -> tuple[date, date]:
        """The first and last day of matters that may be told today; wider than exact where days off count."""
        before, after = self.until, -self.marks[0]
        if self.counting != Counting.EVERY_DAY:
            before, after = max(before, 0) * 2 + _SLACK, max(after, 0) * 2 + _SLACK
        return today - timedelta(days=before), today + timedelta(days=after)
