"""Public holidays of mainland China with the weekends worked in exchange, as the State Council announces each year.

From the package `chinesecalendar`, which is published anew when the plan of a year comes, in the November before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from chinese_calendar.constants import Holiday, holidays, workdays

FIRST_YEAR = 2025  # the portal is younger than what came before


class PlannedDay(NamedTuple):
    day: date
    is_workday: bool
    name_zh: str
    name_en: str


def planned_days() -> Iterator[PlannedDay]:
    """Every day off and every weekend worked that the plans name."""
    chinese = {holiday.value: holiday.chinese for holiday in Holiday}
    for day, name in holidays.items():
        if day.year >= FIRST_YEAR:
            yield PlannedDay(day, is_workday=False, name_zh=chinese[name], name_en=name)
    for day, name in workdays.items():
        if day.year >= FIRST_YEAR:
            zh, en = f"{chinese[name]}调休上班", f"Worked in exchange, {name}"
            yield PlannedDay(day, is_workday=True, name_zh=zh, name_en=en)
