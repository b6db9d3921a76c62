"""How many postings each choice of a filter would leave, counted over the rows that the search read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from accounts.choices import LEVEL_ORDER
from placements.broad_classes import class_of_code
from placements.selectors.search_filters import levels_up_to

PAY_STEPS = (2000, 3000, 4000, 5000, 6000, 8000, 10000, 15000)


class Row(NamedTuple):
    """What the search reads of a posting: its place in the order, and what is counted."""

    part: str
    pk: int
    fresh: datetime
    closes_on: date
    kind: str
    state: str
    mode: str
    level: str
    class_of: int | None
    province: int | None
    industry: int | None
    pay_min: int | None
    pay_max: int | None
    classes: list[str]
    majors: list[str]

    @property
    def pay(self) -> int | None:
        return self.pay_min if self.pay_max is None else self.pay_max

    def asks_for(self, major: str) -> bool:
        """See also search_filters.asks_for."""
        asks_all = not self.classes and not self.majors
        return asks_all or major in self.majors or class_of_code(major) in self.classes

    @property
    def named_classes(self) -> set[str]:
        return {*self.classes, *filter(None, map(class_of_code, self.majors))}


Counts = dict[str, int]


def _plainly(name: str) -> Callable[[list[Row]], Counts]:
    return lambda rows: Counter(str(getattr(row, name)) for row in rows if getattr(row, name) is not None)


def _by_class(rows: list[Row]) -> Counts:
    named = Counter(each for row in rows for each in row.named_classes)
    return _with_open_to_all(named, rows)


def _with_open_to_all(named: Counts, rows: list[Row]) -> Counts:
    to_all = sum(not row.classes and not row.majors for row in rows)
    return {"": to_all, **{each: number + to_all for each, number in named.items()}}


def _by_year(rows: list[Row]) -> Counts:
    years = Counter(row.class_of for row in rows)
    to_all = years.pop(None, 0)
    return {"": to_all, **{str(year): number + to_all for year, number in years.items()}}


def _by_level(rows: list[Row]) -> Counts:
    asked = Counter(row.level for row in rows)
    return {level.value: sum(asked[each] for each in levels_up_to(level)) for level in LEVEL_ORDER}


def _by_pay(rows: list[Row]) -> Counts:
    return {str(step): sum(row.pay is not None and row.pay >= step for row in rows) for step in PAY_STEPS}


COUNTED: dict[str, Callable[[list[Row]], Counts]] = {
    "kind": _plainly("kind"),
    "state": _plainly("state"),
    "mode": _plainly("mode"),
    "province": _plainly("province"),
    "industry": _plainly("industry"),
    "broad_class": _by_class,
    "class_of": _by_year,
    "level": _by_level,
    "pay_from": _by_pay,
}


def count_majors(rows: list[Row], majors: Iterable[str]) -> Counts:
    """By the code of each major that is offered."""
    return {major: sum(row.asks_for(major) for row in rows) for major in majors}
