"""Public holidays of mainland China with the weekends worked in exchange, as the State Council announces each year.

The plan of a year comes in the November before it. A line is the first day, the last, the days worked in
exchange, and the holiday's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

PLANS = """
2025-01-01 2025-01-01 -                     元旦 New Year's Day
2025-01-28 2025-02-04 2025-01-26,2025-02-08 春节 Spring Festival
2025-04-04 2025-04-06 -                     清明节 Qingming Festival
2025-05-01 2025-05-05 2025-04-27            劳动节 Labour Day
2025-05-31 2025-06-02 -                     端午节 Dragon Boat Festival
2025-10-01 2025-10-08 2025-09-28,2025-10-11 国庆节、中秋节 National Day and Mid-Autumn Festival
2026-01-01 2026-01-03 2026-01-04            元旦 New Year's Day
2026-02-15 2026-02-23 2026-02-14,2026-02-28 春节 Spring Festival
2026-04-04 2026-04-06 -                     清明节 Qingming Festival
2026-05-01 2026-05-05 2026-05-09            劳动节 Labour Day
2026-06-19 2026-06-21 -                     端午节 Dragon Boat Festival
2026-09-25 2026-09-27 -                     中秋节 Mid-Autumn Festival
2026-10-01 2026-10-07 2026-09-20,2026-10-10 国庆节 National Day
"""


class PlannedDay(NamedTuple):
    day: date
    is_workday: bool
    name_zh: str
    name_en: str


def planned_days() -> Iterator[PlannedDay]:
    """Every day off and every weekend worked that the plans name."""
    for line in PLANS.strip().splitlines():
        begins, ends, worked, zh, en = line.split(maxsplit=4)
        first, last = date.fromisoformat(begins), date.fromisoformat(ends)
        for number in range((last - first).days + 1):
            yield PlannedDay(first + timedelta(days=number), is_workday=False, name_zh=zh, name_en=en)
        for day in worked.split(",") if worked != "-" else ():
            yield PlannedDay(
                date.fromisoformat(day), is_workday=True, name_zh=f"{zh}调休上班", name_en=f"Worked in exchange, {en}"
            )
