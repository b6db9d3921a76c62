"""Demand beside supply: what enterprises ask for by major, and the students whom the school has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import Level
from accounts.models.people import StudentProfile, User
from accounts.models.school import College, Major
from partnerships.choices.enterprises import FileBlock
from partnerships.choices.needs import PEOPLE
from partnerships.selectors.freshness import Periods
from partnerships.selectors.needs import NONE, need_rows

ALL = "all"


@dataclass
class Demand:
    """Open needs, each counted once: how many, for how many people; shared ones name several majors."""

    query: dict[str, str]
    needs: int = 0
    people: int = 0
    stale: int = 0
    shared: int = 0
    unnumbered: int = 0

    def add(self, asked: Asked) -> None:
        self.needs += 1
        self.people += asked.people or 0
        self.stale += asked.is_stale
        self.shared += len(asked.majors) > 1
        self.unnumbered += asked.people is None

    def _list(self, **more: str) -> str:
        return f"{reverse('partnerships:need_list')}?{urlencode({**self.query, **more})}"

    @property
    def href(self) -> str:
        """Exactly the rows that count."""
        return self._list()

    @property
    def stale_href(self) -> str:
        return self._list(stale="on")

    @property
    def shared_href(self) -> str:
        return self._list(shared="on")


@dataclass(frozen=True)
class Asked:
    """One open need as far as it counts."""

    people: int | None
    is_stale: bool
    majors: frozenset[int]


@dataclass
class Supply:
    """Students of one graduating class: how many, by level, by class."""

    students: int = 0
    levels: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    classes: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, level: str, class_name: str, number: int) -> None:
        self.students += number
        self.levels[level] += number
        self.classes[class_name] += number

    @property
    def by_level(self) -> list[tuple[str, int]]:
        return [(str(level.label), self.levels[level.value]) for level in Level if level.value in self.levels]

    @property
    def by_class(self) -> list[tuple[str, int]]:
        """Classes by name; students without a class last."""
        named = sorted((name, number) for name, number in self.classes.items() if name)
        nameless = self.classes.get("")
        return [*named, (_("without a class"), nameless)] if nameless else named


@dataclass
class Line:
    """A major, or a college, or the whole: what is asked for beside who could go."""

    name: str
    demand: Demand
    supply: Supply
    code: str = ""


@dataclass
class CollegePart:
    total: Line
    majors: list[Line]


@dataclass
class DemandPage:
    """`without_major` is demand that names no major, which counts in the whole alone."""

    colleges: list[CollegePart]
    total: Line
    without_major: Demand | None
    class_of: int
    days: int


def classes() -> list[int]:
    """Graduating classes with students, the youngest first; one query."""
    found = StudentProfile.objects.order_by().values_list("class_of", flat=True).distinct()
    return sorted(found, reverse=True)


def class_to_show(known: Iterable[int], wanted: str, *, on: date) -> int:
    """The class asked for, else the one that graduates next (in summer), else the latest there is."""
    years = sorted(known)
    if wanted.isdecimal() and int(wanted) in years:
        return int(wanted)
    next_to_go = on.year if on.month < 8 else on.year + 1
    return next((year for year in years if year >= next_to_go), years[-1] if years else next_to_go)


def _asked(user: User, filters: dict[str, str], terms: Periods, *, on: date) -> list[Asked]:
    """Every open need once, with the majors that it names; one query."""
    before: datetime = terms.before(FileBlock.NEEDS, on)
    found: dict[int, tuple[int | None, bool, set[int]]] = {}
    rows = need_rows(user, filters, terms=terms, on=on).order_by()
    for pk, people, confirmed, major in rows.values_list("pk", "headcount", "confirmed_at", "majors"):
        is_stale = confirmed is None or confirmed < before
        majors = found.setdefault(pk, (people, is_stale, set()))[2]
        if major is not None:
            majors.add(major)
    return [Asked(people, is_stale, frozenset(majors)) for people, is_stale, majors in found.values()]


def _supplies(class_of: int) -> dict[int, Supply]:
    """Students by major; one query. Only numbers, whoever reads them."""
    rows = StudentProfile.objects.filter(class_of=class_of, user__is_active=True).order_by()
    supplies: dict[int, Supply] = defaultdict(Supply)
    for major, level, class_name, number in rows.values_list("major", "level", "class_name").annotate(Count("pk")):
        supplies[major].add(level, class_name, number)
    return supplies


def _together(supplies: Iterable[Supply]) -> Supply:
    whole = Supply()
    for supply in supplies:
        whole.students += supply.students
        for level, number in supply.levels.items():
            whole.levels[level] += number
    return whole


def _demand(asked: Iterable[Asked], query: dict[str, str]) -> Demand:
    demand = Demand(query)
    for need in asked:
        demand.add(need)
    return demand


def _part(
    college: College, majors: list[Major], asked: list[Asked], supplies: dict[int, Supply], kind: str
) -> CollegePart:
    """A college's majors; a need of several of them counts in each, and once in their total."""
    keys = {major.pk for major in majors}
    lines = [
        Line(
            str(major),
            _demand((need for need in asked if major.pk in need.majors), {**_kind(kind), "major": str(major.pk)}),
            supplies.get(major.pk, Supply()),
            major.code,
        )
        for major in majors
    ]
    total = Line(
        str(college),
        _demand((need for need in asked if keys & need.majors), {**_kind(kind), "college": str(college.pk)}),
        _together(line.supply for line in lines),
    )
    return CollegePart(total, lines)


def _kind(kind: str) -> dict[str, str]:
    return {} if kind == ALL else {"kind": kind}


def majors_by_college() -> dict[College, list[Major]]:
    """Every major under its college, both by code; one query."""
    found: dict[College, list[Major]] = defaultdict(list)
    for major in Major.objects.select_related("college").order_by("college__code", "code"):
        found[major.college].append(major)
    return found


def demand_by_major(
    user: User,
    majors: Mapping[College, list[Major]],
    *,
    kind: str = "",
    college: str = "",
    class_of: int,
    terms: Periods,
    on: date,
) -> DemandPage:
    """Demand and supply of every major, or of the college with this key; two queries."""
    kind = kind or PEOPLE
    asked, supplies = _asked(user, _kind(kind), terms, on=on), _supplies(class_of)
    parts = [
        _part(each, its_majors, asked, supplies, kind)
        for each, its_majors in majors.items()
        if college in ("", str(each.pk))
    ]
    days = terms.days[FileBlock.NEEDS]
    if college:
        return DemandPage(parts, parts[0].total, None, class_of, days)
    total = Line("", _demand(asked, _kind(kind)), _together(part.total.supply for part in parts))
    without = _demand((need for need in asked if not need.majors), {**_kind(kind), "major": NONE})
    return DemandPage(parts, total, without, class_of, days)
