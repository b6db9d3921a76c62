"""Search of postings: which are found, the best first, and how many each filter would leave.

Of many thousands that match only the first few hundred of each band are read: those whose title holds the words, newest
first, then the rest, newest first. What is read is ordered for the reader and counted for the filters. Where little is
found, what sounds or is spelled alike follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.models.people import StudentProfile
from partnerships.models.enterprises import Enterprise
from placements.models.postings import FRESH, Posting, PostingQuerySet
from placements.models.words import KnownWord
from placements.selectors.postings import Reader, is_staff, visible_postings
from placements.selectors.search_counts import COUNTED, Counts, Row, count_majors
from placements.selectors.search_filters import CONDITIONS
from placements.selectors.search_words import misspelt, query_alike, query_of

MOST = 1_000
MOST_WITH_WORDS = 250  # each has to be looked at; who searches reads the first pages
FEW = 3
ALIKE = 50
MOST_KNOWN = 3
TITLE, REST, ALL, NEAR = "0 title", "1 rest", "all", "near"
NEWEST = (FRESH.desc(), F("pk").desc())
ORDERS: dict[str, tuple[Any, ...]] = {
    "": NEWEST,
    "new": NEWEST,
    "closes": (F("closes_on").asc(), F("pk").asc()),  # of those that are open; see _order
    "pay": (F("pay_monthly_max").desc(nulls_last=True), F("pay_monthly_min").desc(nulls_last=True), F("pk").desc()),
}
COLUMNS = (
    "part", "pk", "fresh", "closes_on", "kind", "state", "mode", "level", "class_of", "province_id",
    "industry", "pay_monthly_min", "pay_monthly_max", "major_classes", "codes",
)  # fmt: skip


@dataclass(frozen=True)
class Search:
    """What somebody asks for: the filters that are chosen, and who asks."""

    user: Reader
    chosen: dict[str, Any]
    on: date
    profile: StudentProfile | None = None

    @property
    def words(self) -> str:
        return str(self.chosen.get("find") or "").strip()

    @property
    def sort(self) -> str:
        return str(self.chosen.get("sort") or "")

    @property
    def most(self) -> int:
        """How many of a band are read."""
        return MOST_WITH_WORDS if self.words else MOST

    @property
    def conditions(self) -> dict[str, Q]:
        """What narrows the list besides the words, by the name of its filter."""
        values = {name: value for name, value in self.chosen.items() if name in CONDITIONS}
        if "mine" in values:
            values["mine"] = self.profile.major.code if self.profile else ""
        if not is_staff(self.user):
            values.pop("state", None)
        return {name: CONDITIONS[name](value) for name, value in values.items() if value}

    @property
    def everything(self) -> PostingQuerySet:
        """What may be looked for: staff all, everyone else the open ones."""
        if is_staff(self.user):
            return visible_postings(self.user, on=self.on)
        return Posting.objects.open(self.on)


@dataclass
class Found:
    """Keys in the order of the list; `near` of them at the end are only alike. `has_more`: not all were read."""

    keys: list[int] = field(default_factory=list)
    has_more: bool = False
    near: int = 0
    counts: dict[str, Counts] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)


def postings_found(search: Search) -> PostingQuerySet:
    """All of them in the order asked for, for a workbook or for what is new since a day; nothing alike."""
    rows = search.everything.filter(*search.conditions.values())
    if search.words:
        query = query_of(search.words)
        rows = rows.none() if query is None else rows.filter(search=query)
    return rows.order_by(*_order(search))


def _order(search: Search) -> tuple[Any, ...]:
    order = ORDERS.get(search.sort, NEWEST)
    if search.sort == "closes" and is_staff(search.user):
        return (Case(When(closes_on__gte=search.on, then=Value(0)), default=Value(1)), *order)
    return order


def find_postings(search: Search, *, majors: Iterable[str] = ()) -> Found:
    """The first of them and the counts of the filters; one query, two where little is found.

    `majors` are the codes of those that the filter offers.
    """
    query = query_of(search.words) if search.words else None
    if search.words and query is None:
        return Found()
    parts = {**_bands(search, query), **_without_one_filter(search, query)}
    rows = _read(parts, search.most)
    read = _once(row for row in rows if row.part in (TITLE, REST, ALL))
    keys = [row.pk for row in _ordered(read, search)]
    found = Found(keys=keys[: search.most], has_more=len(keys) > search.most)
    if search.words and len(keys) < FEW:
        alike = _alike(search, found.keys)
        found.keys += alike
        found.near = len(alike)
    _count(found, rows, read, search, list(majors))
    return found


def _matching(search: Search, query: SearchQuery | None) -> PostingQuerySet:
    return search.everything if query is None else search.everything.filter(search=query)


def _bands(search: Search, query: SearchQuery | None) -> dict[str, PostingQuerySet]:
    """Those that are shown, each part in its order."""
    rows = _matching(search, query).filter(*search.conditions.values())
    if query is None or search.sort:
        return {ALL: rows.order_by(*_order(search))}
    by_title = search.everything.filter(*search.conditions.values(), title_search=query)
    # The rest may hold the title's again, see _once: told to leave them out, PostgreSQL walks the whole table for a
    # word that stands in titles alone.
    return {TITLE: by_title.order_by(*NEWEST), REST: rows.order_by(*NEWEST)}


def _without_one_filter(search: Search, query: SearchQuery | None) -> dict[str, PostingQuerySet]:
    """For each filter that is chosen what stands without it, so that its other choices are counted."""
    conditions = search.conditions
    return {
        name: _matching(search, query).filter(*(each for other, each in conditions.items() if other != name)).order_by()
        for name in conditions
        if name in COUNTED or name in ("major", "mine")
    }


def _read(parts: dict[str, PostingQuerySet], most: int) -> list[Row]:
    links = Posting.majors.through._default_manager.filter(posting=OuterRef("pk")).order_by()
    industry = Enterprise.objects.filter(pk=OuterRef("enterprise")).order_by().values("industry")
    extra = {"fresh": FRESH, "codes": ArraySubquery(links.values("major__code")), "industry": Subquery(industry)}
    read: list[QuerySet[Any, Any]] = [
        rows.annotate(part=Value(part), **extra).values_list(*COLUMNS)[: (2 * most if part == REST else most) + 1]
        for part, rows in parts.items()
    ]
    return [Row(*values) for values in (read[0].union(*read[1:], all=True) if read[1:] else read[0])]


def _once(rows: Iterable[Row]) -> list[Row]:
    """Each posting in the best band that it stands in."""
    best: dict[int, Row] = {}
    for row in sorted(rows, key=lambda row: row.part):
        best.setdefault(row.pk, row)
    return list(best.values())


def _ordered(rows: list[Row], search: Search) -> list[Row]:
    """Best first: the title, then what asks for the reader's major, then the newest; or the order asked for."""
    if search.sort == "closes":
        return sorted(rows, key=lambda row: (row.closes_on < search.on, row.closes_on, row.pk))
    if search.sort == "pay":
        return sorted(rows, key=lambda row: (-(row.pay_max or -1), -(row.pay_min or -1), -row.pk))
    newest = sorted(rows, key=lambda row: (row.fresh, row.pk), reverse=True)
    if search.sort:
        return newest
    major = search.profile.major.code if search.profile else ""
    return sorted(newest, key=lambda row: (row.part, bool(major) and not row.asks_for(major)))


def _alike(search: Search, keys: list[int]) -> list[int]:
    """What sounds the same, or is spelled much like it, newest first."""
    query = query_alike(search.words, {run: known_words(run) for run in misspelt(search.words)})
    if query is None:
        return []
    rows = _matching(search, query).filter(*search.conditions.values()).exclude(pk__in=keys)
    return list(rows.order_by(*NEWEST).values_list("pk", flat=True)[:ALIKE])


def known_words(run: str) -> list[str]:
    """The words of postings that are most like a run of letters."""
    words = KnownWord.objects.filter(word__trigram_similar=run).values("word").distinct()
    alike = words.annotate(alike=TrigramSimilarity("word", run)).order_by("-alike", "word")
    return list(alike.values_list("word", flat=True)[:MOST_KNOWN])


def _count(found: Found, rows: list[Row], read: list[Row], search: Search, majors: list[str]) -> None:
    """Counts of each filter over what stands without it; `cut` names those that count only what was read."""
    conditions = search.conditions
    for name in (*COUNTED, "major", "mine"):
        stands = [row for row in rows if row.part == name] if name in conditions else read
        stands, is_cut = stands[: search.most], len(stands) > search.most
        if is_cut:
            found.cut.add(name)
        if name == "major":
            found.counts[name] = count_majors(stands, majors)
        elif name == "mine":
            found.counts[name] = count_majors(stands, [search.profile.major.code]) if search.profile else {}
        else:
            found.counts[name] = COUNTED[name](stands)
