"""What a figure is: one sentence, the rows that count, and how they make a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import College
from partnerships.choices.enterprises import FileBlock
from partnerships.selectors.freshness import Periods, periods
from visits.models.campaigns import Campaign, ReportedTotal, Trip

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Rows = QuerySet[Any]

# What narrows a scope to some visits: who led, whose college, who was there, which kind, which days.
OF_VISITS = ("led_by", "college", "leaders", "direction", "medium", "since", "until")


@dataclass(frozen=True)
class Scope:
    """Of what, on which day and for whom; `user` is None for the school itself (the nightly snapshot).

    `led_by` is a role: only visits led by people who held it; `leaders` are people: only visits at which at
    least one of them was present. `since` and `until` are days of visits; a visit without a day lies in no
    period that has a beginning. `province` is the first two digits of its code, `part` one part of a figure
    that has parts.
    """

    campaign: Campaign | None
    on: date
    user: User | None
    trip: Trip | None = None
    led_by: str = ""
    college: College | None = None
    leaders: tuple[User, ...] = ()
    direction: str = ""
    medium: str = ""
    since: date | None = None
    until: date | None = None
    province: str = ""
    part: str = ""
    counts: dict[tuple[object, ...], int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.province or self.part or any(self.narrowing))

    @property
    def narrowing(self) -> tuple[Any, ...]:
        """By what the visits are narrowed, beside campaign and trip."""
        return tuple(getattr(self, name) for name in OF_VISITS)

    @property
    def is_of_some_visits(self) -> bool:
        """Not of all visits of the school."""
        return bool(self.campaign or self.trip or any(self.narrowing))

    @cached_property
    def freshness(self) -> Periods:
        """For how long a word on a file holds; one query."""
        return periods()

    @cached_property
    def reported_totals(self) -> dict[str, ReportedTotal]:
        """The latest total that a source states, by measure; one query."""
        if self.trip is not None:
            stated = ReportedTotal.objects.filter(trip=self.trip)
        elif self.campaign is not None:
            stated = ReportedTotal.objects.filter(campaign=self.campaign)
        else:
            return {}
        return {total.measure: total for total in stated.order_by("reported_on", "pk")}


WHOLE = Scope(None, date.min, None)


@dataclass(frozen=True)
class Value:
    """A number as it is printed: with its denominator, or with the rows on file beside a reported total.

    `stale` is how many of the rows nobody has confirmed in time; None where that is no question.
    """

    number: int
    denominator: int | None = None
    is_minimum: bool = False
    on_file: int | None = None
    source: str = ""
    stale: int | None = None

    @property
    def shown(self) -> str:
        """The number alone; a plus where the source says "more than"."""
        return number_format(self.number, 0, use_l10n=True, force_grouping=True) + ("+" if self.is_minimum else "")

    @property
    def note(self) -> str:
        """What stands beside the number, or nothing."""
        if self.on_file is not None:
            return _("reported · %(count)s on file") % {"count": number_format(self.on_file, 0, force_grouping=True)}
        if self.denominator is not None:
            return _("of %(count)s") % {"count": number_format(self.denominator, 0, force_grouping=True)}
        return ""

    @property
    def stale_note(self) -> str:
        """What is said wherever stale facts are counted, or nothing."""
        if not self.stale:
            return ""
        return _("of which %(count)s stale") % {"count": number_format(self.stale, 0, force_grouping=True)}

    def __str__(self) -> str:
        return " ".join(part for part in (self.shown, self.note, self.stale_note) if part)


@dataclass(frozen=True)
class Column:
    """One column of the rows: its heading, and the way to the value (`enterprise.province`)."""

    label: StrOrPromise
    path: str

    def of(self, row: object) -> Any:
        value: Any = row
        for name in self.path.split("."):
            value = getattr(value, name, None)
            if callable(value):
                value = value()
        return value


@dataclass(frozen=True)
class Figure:
    """One definition: a tile, the page behind it, the report and the snapshot all ask this object."""

    slug: str
    name: StrOrPromise
    definition: StrOrPromise
    counted: Callable[[Scope], Rows]
    columns: tuple[Column, ...]
    link: str = ""
    link_key: str = "pk"
    sums: str = ""
    unit: StrOrPromise = ""
    among: Callable[[Scope], Rows] | None = None
    among_sums: str = ""
    among_name: StrOrPromise = ""
    measure: str = ""
    is_of_campaign: bool = True
    province_path: str = ""
    part_path: str = ""
    part_label: Callable[[str], StrOrPromise] = str
    minimum_path: str = ""
    related: tuple[str, ...] = ()
    narrowed_by: tuple[str, ...] = OF_VISITS
    # For figures that count parts of files: which part, and the figure of those that are stale.
    block: FileBlock | None = None
    stale_slug: str = ""

    def fitting(self, scope: Scope) -> Scope:
        """The scope without what does not narrow this figure, so that a page promises no more than it does."""
        fits = {*self.narrowed_by, *(["province"] if self.province_path else []), *(["part"] if self.part_path else [])}
        unfit = {*OF_VISITS, "province", "part"} - fits
        return replace(scope, **{name: getattr(WHOLE, name) for name in unfit})

    def rows(self, scope: Scope) -> Rows:
        """The very rows that count, for this reader."""
        return self._narrowed(self.counted(scope), scope)

    def base(self, scope: Scope) -> Rows | None:
        """The rows of the denominator, where the figure is a share of something."""
        if self.among is None or scope.part:
            return None
        return self._narrowed(self.among(scope), scope)

    def page_rows(self, scope: Scope) -> Rows:
        """The same rows, with what their columns show."""
        return self.rows(scope).select_related(*self.related) if self.related else self.rows(scope)

    def value(self, scope: Scope) -> Value:
        """Count or sum of the rows; a total that a source states stands in front of them."""
        if self.block:
            return self._with_stale(scope, self.block)
        on_file = self._total(self.counted, self.sums, scope)
        stated = scope.reported_totals.get(self.measure) if self.measure and not scope.is_narrowed else None
        if stated is not None:
            return Value(stated.number, is_minimum=stated.is_minimum, on_file=on_file, source=stated.source)
        return Value(
            number=on_file,
            denominator=self._total(self.among, self.among_sums, scope) if self.among and not scope.part else None,
            is_minimum=bool(self.minimum_path) and self.rows(scope).filter(**{self.minimum_path: True}).exists(),
        )

    def _with_stale(self, scope: Scope, block: FileBlock) -> Value:
        """How many rows, and how many of them nobody has confirmed in time; one query."""
        stale = Count("pk", filter=scope.freshness.stale(block, scope.on))
        found = self.rows(scope).order_by().aggregate(number=Count("pk"), stale=stale)
        self.remember(scope, found["number"])
        return Value(found["number"], stale=found["stale"])

    def counts_by(self, path: str, scope: Scope) -> dict[str, int]:
        """The rows counted by one of their columns; their sum is the figure, which is then not asked again."""
        found = dict(self.rows(scope).order_by().values_list(path).annotate(Count("pk")))
        self.remember(scope, sum(found.values()))
        return found

    def remember(self, scope: Scope, number: int) -> None:
        """What a page has counted with others in one query is not asked again."""
        scope.counts[self._key(self.counted, "", scope)] = number

    def key_of(self, row: object) -> Any:
        return getattr(row, self.link_key, None)

    def href(self, row: object) -> str:
        """Where a row is read in full; nothing where it has no page."""
        key = self.key_of(row) if self.link else None
        return reverse(self.link, args=[key]) if key is not None else ""

    def _total(self, counted: Callable[[Scope], Rows], sums: str, scope: Scope) -> int:
        """Asked once per scope: what one figure counts is another one's denominator."""
        key = self._key(counted, sums, scope)
        if key not in scope.counts:
            scope.counts[key] = total(self._narrowed(counted(scope), scope), sums)
        return scope.counts[key]

    def _key(self, counted: Callable[[Scope], Rows], sums: str, scope: Scope) -> tuple[object, ...]:
        province = (self.province_path, scope.province) if scope.province else None
        part = (self.part_path, scope.part) if scope.part else None
        return (counted, sums, province, part, scope.narrowing, scope.campaign, scope.trip)

    def _narrowed(self, rows: Rows, scope: Scope) -> Rows:
        if scope.province and self.province_path:
            rows = rows.filter(**{f"{self.province_path}__code": f"{scope.province}0000"})
        if scope.part and self.part_path:
            rows = rows.filter(**{self.part_path: scope.part})
        return rows


def total(rows: Rows, sums: str) -> int:
    """How many rows, or the sum of one of their columns."""
    if sums:
        return int(rows.order_by().aggregate(total=Sum(sums))["total"] or 0)
    return int(rows.order_by().count())


def visible(rows: Rows, scope: Scope) -> Rows:
    """Begin with what this person may see."""
    return rows if scope.user is None else rows.visible_to(scope.user)  # type: ignore[attr-defined]


def for_staff(rows: Rows, scope: Scope) -> Rows:
    """Rows that all staff of the school see, and nobody else."""
    return rows if scope.user is None or scope.user.is_school_staff else rows.none()
