"""Lists of needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value

from accounts.models.people import User
from accounts.models.school import College, Major
from core.names import in_language
from core.search import search_query
from partnerships.choices.enterprises import FileBlock
from partnerships.choices.needs import ASKS_FOR_PEOPLE, PEOPLE, NeedState
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need, NeedQuerySet
from partnerships.selectors.codes import Choices, staff_rows
from partnerships.selectors.freshness import Periods

NONE = "none"
SORTS: dict[str, list[Any]] = {
    "pressing": [F("wanted_by").asc(nulls_last=True), "-pk"],
    "newest": ["-created_at", "-pk"],
    "most": [F("headcount").desc(nulls_last=True), "-pk"],
    "stale": [F("confirmed_at").asc(nulls_first=True), "pk"],
}


def _links() -> QuerySet[Any]:
    """The majors of the need of the outer query."""
    return Need.majors.through.objects.filter(need=OuterRef("pk"))


def _of_major(rows: NeedQuerySet, filters: dict[str, Any]) -> NeedQuerySet:
    """Needs of a major, of the majors of a college, without a major, or shared by several; each once."""
    major = filters.get("major")
    if major == NONE:
        rows = rows.filter(~Exists(_links()))
    elif major:
        rows = rows.filter(Exists(_links().filter(major=major)))
    if filters.get("college"):
        rows = rows.filter(Exists(_links().filter(major__college=filters["college"])))
    if filters.get("shared"):
        several = _links().order_by().values("need").annotate(number=Count("pk")).filter(number__gt=1)
        rows = rows.filter(Exists(several))
    return rows


def _of_kind(rows: NeedQuerySet, kind: str | None) -> NeedQuerySet:
    if kind == PEOPLE:
        return rows.filter(kind__in=ASKS_FOR_PEOPLE)
    return rows.filter(kind=kind) if kind else rows


def need_rows(user: User, filters: dict[str, Any], *, terms: Periods, on: date) -> NeedQuerySet:
    """Needs that a person asked for; open ones unless another state is asked for. Nothing is fetched yet."""
    rows = Need.objects.visible_to(user).filter(enterprise__archived_at__isnull=True)
    words = filters.get("find") or ""
    if words:
        query = search_query(words)
        named = Enterprise.objects.filter(search=query).order_by().values("pk") if query else Enterprise.objects.none()
        rows = rows.filter(Q(description__icontains=words) | Q(enterprise__in=named))
    rows = _of_major(_of_kind(rows, filters.get("kind")), filters)
    state = filters.get("state") or NeedState.OPEN
    if state != "all":
        rows = rows.filter(state=state)
    if filters.get("owner"):
        rows = rows.filter(owner__isnull=True) if filters["owner"] == NONE else rows.filter(owner=filters["owner"])
    if filters.get("source"):
        rows = rows.filter(source=filters["source"])
    if filters.get("overdue"):
        rows = rows.open().filter(wanted_by__lt=on)
    if filters.get("stale"):
        rows = rows.open().filter(terms.stale(FileBlock.NEEDS, on))
    return rows


def need_list(user: User, filters: dict[str, Any], *, terms: Periods, on: date) -> QuerySet[Need]:
    """The rows with what the list shows of each, the most pressing first unless asked otherwise."""
    rows = need_rows(user, filters, terms=terms, on=on).with_names().select_related("enterprise")
    return rows.defer("enterprise__about", "enterprise__search").order_by(*SORTS[filters.get("sort") or "pressing"])


@dataclass(frozen=True)
class NeedTotals:
    """What the rows of a list come to."""

    rows: int
    people: int
    open: int
    stale: int


def need_totals(rows: QuerySet[Need], *, terms: Periods, on: date) -> NeedTotals:
    """People asked for, and how many of the open needs nobody confirmed in time; one query."""
    is_open = Q(state=NeedState.OPEN)
    found = rows.order_by().aggregate(
        rows=Count("pk"),
        people=Sum("headcount", default=0),
        open=Count("pk", filter=is_open),
        stale=Count("pk", filter=is_open & terms.stale(FileBlock.NEEDS, on)),
    )
    return NeedTotals(**found)


@dataclass
class NeedChoices:
    """What a list of needs is narrowed to, as (key, name)."""

    majors: Choices = field(default_factory=list)
    colleges: Choices = field(default_factory=list)
    owners: Choices = field(default_factory=list)


def need_choices() -> NeedChoices:
    """Majors, colleges and the school's staff together; one query."""
    parts = [
        rows.order_by()
        .annotate(table=Value(table, output_field=CharField()), place=F(place), zh=F(zh), en=F("name_en"))
        .values_list("table", "place", "pk", "zh", "en")
        for table, rows, place, zh in (
            ("majors", Major.objects.all(), "code", "name_zh"),
            ("colleges", College.objects.all(), "code", "name_zh"),
            ("owners", staff_rows(), "number", "name"),
        )
    ]
    found = NeedChoices()
    for table, _place, key, zh, en in parts[0].union(*parts[1:], all=True).order_by("place"):
        getattr(found, table).append((str(key), in_language(zh, en)))
    return found
