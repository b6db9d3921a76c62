"""Search of postings: which are found, the best first, and how many each filter would leave.

Of many thousands that match only the first few hundred of each band are read: those whose title holds the words, newest
first, then the rest, newest first. What is read is ordered for the reader and counted for the filters. Where little is
found, what sounds or is spelled alike follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When

from accounts.models.people import StudentProfile
from partnerships.models.enterprises import Enterprise
from placements.choices import PostingState
from placements.models.marking import mark
from placements.models.postings import FRESH, Posting, PostingQuerySet
from placements.models.words import KnownWord
from placements.selectors.postings import Reader, is_staff, visible_postings
from placements.selectors.search_counts import COUNTED, Counts, Row, count_majors
from placements.selectors.search_filters import CONDITIONS
from placements.selectors.search_reading import ALL, NEAR, REST, TITLE, Part, steps
from placements.selectors.search_reading import read as read_parts
from placements.selectors.search_words import misspelt, query_of, words_alike, words_of

MOST = 1_000
MOST_WITH_WORDS = 250  # each has to be looked at; who searches reads the first pages
FEW = 3
ALIKE = 50
MOST_KNOWN = 3
NEWEST = (FRESH.desc(), F("pk").desc())
ORDERS: dict[str, tuple[Any, ...]] = {
    "": NEWEST,
    "new": NEWEST,
    "closes": (F("closes_on").asc(), F("pk").asc()),  # of those that are open; see _order
    "pay": (F("pay_monthly_max").desc(nulls_last=True), F("pay_monthly_min").desc(nulls_last=True), F("pk").desc()),
}
COLUMNS = (
    "part", "pk", "fresh", "closes_on", "kind", "state", "mode", "level", "class_of", "province_id",
    "industry", "pay_monthly_min", "pay_monthly_max", "major_classes", "major_codes",
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
    words = words_of(search.words)
    if search.words and not words:
        return Found()
    parts = {**_bands(search, words), **_without_one_filter(search, words)}
    rows = _read(parts, search.most)
    read = _once(row for row in rows if row.part in (TITLE, REST, ALL))
    keys = [row.pk for row in _ordered(read, search)]
    found = Found(keys=keys[: search.most], has_more=len(keys) > search.most)
    if words and len(keys) < FEW:
        alike = _alike(search, found.keys)
        found.keys += alike
        found.near = len(alike)
    _count(found, rows, read, search, list(majors))
    return found


def _matching(search: Search, words: str, *, without: str = "") -> PostingQuerySet:
    """What stands under the filters but one. With words its state is looked up among them, see _stepwise."""
    conditions = {name: each for name, each in search.conditions.items() if name != without}
    rows = search.everything
    if words:
        conditions.pop("state", None)
        rows = Posting.objects.all() if is_staff(search.user) else Posting.objects.in_its_days(search.on)
    return rows.filter(*conditions.values())


def _stepwise(search: Search, words: str, *, without: str = "") -> list[str]:
    """The words and the state that is asked for, step by step."""
    return steps(_in_state(search, words, without=without), on=search.on) if words else []


def _in_state(search: Search, words: str, *, without: str = "") -> str:
    asked = "" if without == "state" else search.chosen.get("state")
    state = asked if is_staff(search.user) else PostingState.PUBLISHED
    return f"({words}) & {mark(state)}" if state else words


def _bands(search: Search, words: str) -> dict[str, Part]:
    """Those that are shown, each part in its order."""
    order = _order(search)
    rows, asked = _matching(search, words).order_by(*order), _stepwise(search, words)
    if words and not search.sort:
        return {TITLE: Part(rows, asked, "title_search"), REST: Part(rows, asked)}  # the rest has the titles again
    at_once = [_in_state(search, words)] if words else []
    return {ALL: Part(rows, asked if order == NEWEST else at_once)}


def _without_one_filter(search: Search, words: str) -> dict[str, Part]:
    """For each filter that is chosen what stands without it, so that its other choices are counted."""
    return {
        name: Part(_matching(search, words, without=name).order_by(*NEWEST), _stepwise(search, words, without=name))
        for name in search.conditions
        if name in COUNTED or name in ("major", "mine")
    }


def _read(parts: dict[str, Part], most: int) -> list[Row]:
    """One more than are shown, to know whether there are more; in one query."""
    industry = Enterprise.objects.filter(pk=OuterRef("enterprise")).order_by().values("industry")
    extra = {"fresh": FRESH, "industry": Subquery(industry)}
    named = {
        name: replace(part, rows=part.rows.annotate(part=Value(name, output_field=TextField()), **extra))
        for name, part in parts.items()
    }
    return [Row(*values) for values in read_parts(named, COLUMNS, most + 1)]


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
    words = words_alike(search.words, {run: known_words(run) for run in misspelt(search.words)})
    if not words:
        return []
    rows = _matching(search, words).exclude(pk__in=keys).order_by(*NEWEST)
    return [pk for (pk,) in read_parts({NEAR: Part(rows, _stepwise(search, words))}, ("pk",), ALIKE)]


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
