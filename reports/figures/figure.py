"""What a figure is: one sentence, the rows that count, and how they make a number."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils import translation

from accounts.choices import Role
from partnerships.choices.enterprises import FileBlock
from reports.figures.of_visits import keys, visits_in
from reports.figures.scope import NARROWING, OF_PLACES, OF_VISITS, WHOLE, Scope
from reports.figures.splits import SPLITS, Split, chosen_splits
from reports.figures.value import Doubts, Value
from reports.figures.ways import Way, of_visit
from visits.choices import VisitState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Column:
    """One column of the rows: its heading, and the way to the value (`enterprise.province`).

    `is_personal`: the name of somebody outside the staff, who is in no file unless the office asks for it.
    """

    label: StrOrPromise
    path: str
    is_personal: bool = False

    def of(self, row: object) -> Any:
        value: Any = row
        for name in self.path.split("."):
            value = getattr(value, name, None)
            if callable(value):
                value = value()
        return value


@dataclass(frozen=True)
class Figure:
    """One definition: a tile, the page behind it, the report and the snapshot all ask this object.

    `visits` is the relation from a row to the visits that it hangs on (empty where it is one); such a figure is
    narrowed and split by whatever a visit is. `ways` are splits by what the rows themselves say. `one_by_one` names
    splits whose parts cannot be counted together, because a part has other rows than the whole. `owner` is the role
    that answers for the figure. A figure `about_employment` is never counted for single people of the staff: the
    Ministry of Education forbids to push rates of employment down to them (三不得).
    """

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
    visits: str | None = None
    ways: Mapping[str, Way] = field(default_factory=dict)
    one_by_one: tuple[str, ...] = ()
    not_split_by: tuple[str, ...] = ()
    part_path: str = ""
    part_label: Callable[[str], StrOrPromise] = str
    minimum_path: str = ""
    related: tuple[str, ...] = ()
    owner: Role = Role.OFFICER
    about_employment: bool = False
    has_window: bool = False
    is_checked: bool = True
    # Where a row of a figure of what is wrong is mended, by its keys.
    fix: str = ""
    fix_keys: tuple[str, ...] = ("pk",)
    # For figures whose rows are parts of files: which part, and the figure of those that are stale.
    block: FileBlock | None = None
    stale_slug: str = ""

    @property
    def digest(self) -> str:
        """By which a reader knows whether two numbers were counted by the same definition."""
        with translation.override("zh-hans"):
            text = f"{self.slug}\n{self.definition}\n{self.among_name}\n{self.sums}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def splits(self) -> dict[str, Split]:
        """By what it may be split, in the order of pages."""
        slugs = {*self.ways, *(_OF_VISITS if self.visits is not None else ())} - {*self.not_split_by}
        return chosen_splits(slugs - {"leader"} if self.about_employment else slugs)

    def fitting(self, scope: Scope) -> Scope:
        """The scope without what does not narrow this figure, so that a page promises no more than it does."""
        fits = {name for slug in self.ways for name in _FIELDS[slug]}
        if self.visits is not None:
            fits |= {*OF_VISITS, *OF_PLACES}
        if self.about_employment:
            fits -= {"leaders", "led_by"}
        if self.part_path:
            fits.add("part")
        if self.has_window:
            fits.add("window")
        unknown = tuple(slug for slug in scope.unknown if slug in self.splits)
        unfit = {name: getattr(WHOLE, name) for name in NARROWING if name not in fits}
        return replace(scope, **{**unfit, "unknown": unknown})

    def rows(self, scope: Scope) -> Rows:
        """The very rows that count, for this reader."""
        return self._narrowed(self.counted(scope), scope)

    def of(self, scope: Scope) -> int | None:
        """The denominator, where the figure is a share of something."""
        if self.among is None or scope.part:
            return None
        return self._total(self.among, self.among_sums, scope)

    def page_rows(self, scope: Scope) -> Rows:
        """The same rows, with what their columns show."""
        return self.rows(scope).select_related(*self.related) if self.related else self.rows(scope)

    def value(self, scope: Scope) -> Value:
        """Count or sum of the rows; a total that a source states stands in front of them."""
        if self.block and self.stale_slug:
            return self._with_stale(scope, self.block)
        on_file = self._total(self.counted, self.sums, scope)
        stated = scope.reported_totals.get(self.measure) if self.measure and not scope.is_narrowed else None
        if stated is not None:
            return Value(stated.number, is_minimum=stated.is_minimum, on_file=on_file, source=stated.source)
        return Value(
            number=on_file,
            denominator=self.of(scope),
            is_minimum=bool(self.minimum_path) and self.rows(scope).filter(**{self.minimum_path: True}).exists(),
        )

    def doubts(self, scope: Scope) -> Doubts:
        """How many of its rows are stale or rest on unchecked visits; a query for each that is a question here."""
        stale = unchecked = None
        if self.block:
            stale = self.rows(scope).order_by().filter(scope.freshness.stale(self.block, scope.on)).count()
        if self.visits is not None and self.is_checked:
            unchecked = self._unchecked(scope).values("pk").distinct().count()
        return Doubts(stale, unchecked)

    def parts(self, scope: Scope, slug: str) -> dict[Any, Value]:
        """Its value in each part of a split, by the keys of the parts, None for what does not say. One query.

        A share, and what is named in `one_by_one`, is counted part by part. A row may lie in several parts.
        """
        split = self.splits[slug]
        if self.among or not self._counts_at_once(slug):
            keys = split.read(self._keys(scope, slug))
            scopes = {key: split.part_of(scope, record) for key, record in keys.items()}
            found = {key: self.value(part) for key, part in scopes.items()}
            return {key: value for key, value in found.items() if value.number or value.denominator}
        return {key: Value(number) for key, number in self._at_once(scope, slug).items()}

    def tally(self, scope: Scope, slug: str) -> dict[Any, int]:
        """The number alone in each part, without what it is of; one query, unless it is named in `one_by_one`."""
        if self._counts_at_once(slug):
            return self._at_once(scope, slug)
        return {key: value.rows for key, value in self.parts(scope, slug).items() if value.rows}

    def pairs(self, scope: Scope, down: str, across: str) -> dict[tuple[Any, Any], int]:
        """Its number in each pair of parts of two ways, of which one may be manifold. One query."""
        of_its_visits = {} if self.visits is None else of_visit(f"{self.visits}__" if self.visits else "")
        ways = {**of_its_visits, **self.ways}
        first, second = ways[down], ways[across]
        is_many = first.is_many or second.is_many
        number = Sum(self.sums) if self.sums else Count("pk", distinct=is_many)
        rows = self.rows(scope).order_by().filter(**{**first.where, **second.where})
        counted = rows.values(way_down=first.key, way_across=second.key).annotate(way_number=number)
        found = counted.values_list("way_down", "way_across", "way_number")
        return {(one, other): int(total) for one, other, total in found if total}

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

    def fix_href(self, row: Any) -> str:
        """Where a row is mended; nothing for figures of what is right."""
        return reverse(self.fix, args=[getattr(row, key) for key in self.fix_keys]) if self.fix else ""

    def _with_stale(self, scope: Scope, block: FileBlock) -> Value:
        """How many rows, and how many of them nobody has confirmed in time; one query."""
        stale = Count("pk", filter=scope.freshness.stale(block, scope.on))
        found = self.rows(scope).order_by().aggregate(number=Count("pk"), stale=stale)
        self.remember(scope, found["number"])
        return Value(found["number"], stale=found["stale"])

    def _counts_at_once(self, slug: str) -> bool:
        return slug not in self.one_by_one and not (self.sums and self._is_joined(slug))

    def _at_once(self, scope: Scope, slug: str) -> dict[Any, int]:
        number = Sum(self.sums) if self.sums else Count("pk", distinct=self._is_joined(slug))
        counted = self._on_the_way(scope, slug).annotate(way_number=number)
        return {key: int(total) for key, total in counted.values_list("way_key", "way_number") if total}

    def _unchecked(self, scope: Scope) -> Rows:
        waiting = keys(scope).exclude(state=VisitState.CHECKED)
        return self.rows(scope).order_by().filter(**{f"{self.visits or 'pk'}__in": waiting})

    def _is_joined(self, slug: str) -> bool:
        """Does the way to the parts lead through rows of which there are several?"""
        return self.ways[slug].is_many if slug in self.ways else self.visits not in ("", "visit")

    def _on_the_way(self, scope: Scope, slug: str) -> Rows:
        """The rows with the part in which each lies; what a part asks for holds on the same join as its key."""
        if slug in self.ways:
            way, where = self.ways[slug], dict(self.ways[slug].where)
        else:
            way = of_visit(f"{self.visits}__" if self.visits else "")[slug]
            where = {**way.where, **({f"{self.visits}__in": keys(scope)} if self._is_joined(slug) else {})}
        return self.rows(scope).order_by().filter(**where).values(way_key=way.key)

    def _keys(self, scope: Scope, slug: str) -> list[Any]:
        """The parts that there may be: of what the figure is a share of, else of the visits of the scope."""
        if slug in self.ways:
            rows, way = self._narrowed((self.among or self.counted)(scope), scope), self.ways[slug]
        else:
            rows, way = visits_in(scope), of_visit("")[slug]
        found = rows.order_by().filter(**way.where).values(way_key=way.key).distinct()
        return list(found.values_list("way_key", flat=True))

    def _total(self, counted: Callable[[Scope], Rows], sums: str, scope: Scope) -> int:
        """Asked once per scope: what one figure counts is another one's denominator."""
        key = self._key(counted, sums, scope)
        if key not in scope.counts:
            scope.counts[key] = total(self._narrowed(counted(scope), scope), sums)
        return scope.counts[key]

    def _key(self, counted: Callable[[Scope], Rows], sums: str, scope: Scope) -> tuple[object, ...]:
        part = self.part_path if scope.part else ""
        return (counted, sums, tuple(self.ways), part, scope.narrowing, scope.campaign, scope.trip)

    def _narrowed(self, rows: Rows, scope: Scope) -> Rows:
        for slug, way in self.ways.items():
            rows = _through(rows, way, slug, scope)
        return rows.filter(**{self.part_path: scope.part}) if scope.part and self.part_path else rows


# What of a scope narrows the rows of each split; a month is a period.
_FIELDS = {slug: split.fields or ("since", "until") for slug, split in SPLITS.items()}
_OF_VISITS = tuple(of_visit(""))


def _through(rows: Rows, way: Way, slug: str, scope: Scope) -> Rows:
    if slug in scope.unknown:
        return way.narrowed(rows, None)
    if way.day:
        return way.within(rows, scope.since, scope.until)
    value = SPLITS[slug].key_in(scope)
    return way.narrowed(rows, value) if value is not None else rows


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
