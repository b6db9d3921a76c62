"""Programmes as pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from accounts.models.people import User
from core.names import in_language
from core.search import search_query
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Investment
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeOutcome
from programmes.selectors.investments import received

SORTS: dict[str, list[Any]] = {
    "name": ["name", "pk"],
    "newest": [F("since").desc(nulls_last=True), "name", "pk"],
    "enterprise": ["enterprise__legal_name", "name", "pk"],
    "promised": [F("promised").desc(nulls_last=True), "name", "pk"],
}
NARROWING = {
    "kind": "kind",
    "level": "level",
    "college": "majors__college",
    "major": "majors",
    "enterprise": "enterprise",
    "owner": "owner",
}


def programme_list(user: User, filters: dict[str, Any]) -> QuerySet[Programme]:
    """Programmes that were asked for, with their outcomes and what was promised for them."""
    rows = Programme.objects.visible_to(user)
    words = filters.get("find") or ""
    if words:
        own = Q(name__icontains=words) | Q(number__icontains=words) | Q(place__icontains=words)
        query = search_query(words)
        named = Enterprise.objects.filter(search=query).order_by().values("pk") if query else Enterprise.objects.none()
        rows = rows.filter(own | Q(enterprise__in=named))
    chosen = {path: filters[name] for name, path in NARROWING.items() if filters.get(name)}
    if any(path.startswith("majors") for path in chosen):
        rows = rows.filter(pk__in=Programme.objects.filter(**chosen).order_by().values("pk"))
    else:
        rows = rows.filter(**chosen)
    if on := filters.get("on"):
        rows = rows.filter(Q(since=None) | Q(since__lte=on.year), Q(until=None) | Q(until__gte=on.year))
    sums = Investment.objects.filter(programme=OuterRef("pk")).order_by().values("programme")
    rows = rows.annotate(promised=Subquery(sums.annotate(total=Sum("promised")).values("total")))
    outcomes = Prefetch("outcomes", ProgrammeOutcome.objects.select_related("cohort"))
    rows = rows.select_related("enterprise", "owner").prefetch_related(outcomes, "majors")
    return rows.order_by(*SORTS[filters.get("sort") or "name"])


@dataclass
class Offered:
    """What the filters offer: only what some programme has. Key and words."""

    colleges: dict[int, str] = field(default_factory=dict)
    majors: dict[int, str] = field(default_factory=dict)
    enterprises: dict[int, str] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)


NAMES = {
    "colleges": ("majors__college", "majors__college__name_zh", "majors__college__name_en"),
    "majors": ("majors", "majors__name_zh", "majors__name_en"),
    "enterprises": ("enterprise", "enterprise__legal_name", "enterprise__name_en"),
    "owners": ("owner", "owner__name", "owner__name_en"),
}


def offered(user: User) -> Offered:
    """The choices of all filters in one query."""
    found = Offered()
    paths = [path for group in NAMES.values() for path in group]
    for row in Programme.objects.visible_to(user).order_by().values(*paths).distinct():
        for name, (key, chinese, english) in NAMES.items():
            if row[key] is not None:
                getattr(found, name)[row[key]] = in_language(row[chinese], row[english])
    for name in NAMES:
        setattr(found, name, dict(sorted(getattr(found, name).items(), key=lambda pair: pair[1])))
    return found


def programme_with_parts(user: User) -> QuerySet[Programme]:
    """Programmes with all that hangs on them, but for their agreements: not everyone reads those."""
    investments = Investment.objects.annotate(received=received()).order_by("-promised_on", "-pk")
    return (
        Programme.objects.visible_to(user)
        .select_related("enterprise", "owner")
        .prefetch_related(
            Prefetch("outcomes", ProgrammeOutcome.objects.select_related("cohort")),
            Prefetch("cohorts", ProgrammeCohort.objects.select_related("major")),
            Prefetch("investments", investments),
            "majors", "features", "courses", "textbooks",
        )
    )  # fmt: skip


@dataclass(frozen=True)
class HeldBy:
    """An agreement under which a programme runs or ran, and since when."""

    agreement: Agreement
    since: datetime
    is_present: bool


def agreements_of(programme: Programme, user: User) -> list[HeldBy]:
    """The present agreement, then those before it as the history has them; only what the person may read."""
    history: Any = programme.history  # type: ignore[attr-defined]  # made by core.history.tracked
    rows = history.exclude(agreement_id=None).order_by()
    begun = dict(rows.values_list("agreement_id").annotate(first=Min("pgh_created_at")))
    if not begun:
        return []
    held = [
        HeldBy(agreement, begun[agreement.pk], agreement.pk == programme.agreement_id)
        for agreement in Agreement.objects.visible_to(user).filter(pk__in=begun)
    ]
    return sorted(held, key=lambda each: (each.is_present, each.since), reverse=True)
