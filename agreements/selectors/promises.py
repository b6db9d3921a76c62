"""Promises beside what was delivered, with the rows that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects

from accounts.models.people import User
from agreements.models import CommitmentEvidence
from agreements.selectors.holding import holding
from core.search import search_query
from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment, CommitmentQuerySet
from partnerships.models.enterprises import Enterprise

SOON = timedelta(days=14)
SORTS: dict[str, list[Any]] = {
    "due": [F("due_on").asc(nulls_last=True), "pk"],
    "newest": ["-created_at", "-pk"],
    "enterprise": ["enterprise__legal_name", "due_on", "pk"],
}


@dataclass(frozen=True)
class Shown:
    """A row of evidence, and whether the record behind it still holds."""

    row: CommitmentEvidence
    holds: bool


@dataclass(frozen=True)
class Standing:
    """A promise, what shows it, and what was delivered by now."""

    promise: Commitment
    shown: tuple[Shown, ...]
    on: date | None = None

    @property
    def is_counted(self) -> bool:
        """Do rows of evidence say how much, rather than who closed it?"""
        return any(each.row.number is not None for each in self.shown)

    @property
    def delivered(self) -> Decimal | None:
        """The sum of evidence that holds; else what was said when it was closed."""
        if not self.is_counted:
            return self.promise.delivered
        return sum((each.row.number for each in self.shown if each.holds and each.row.number), Decimal(0))

    @property
    def is_overdue(self) -> bool:
        due_on = self.promise.due_on
        return self.promise.state == CommitmentState.OPEN and bool(due_on and self.on and due_on < self.on)

    @property
    def lost(self) -> int:
        """How many rows no longer hold."""
        return sum(not each.holds for each in self.shown)


@dataclass(frozen=True)
class Sum:
    """What one side promised of one kind in one unit, and what came of it."""

    side: str
    kind: str
    unit: str
    promises: int
    promised: Decimal | None
    delivered: Decimal | None


def standings(promises: Iterable[Commitment], *, on: date | None = None) -> list[Standing]:
    """Each promise with its evidence; two queries for any number."""
    promises = list(promises)
    rows = CommitmentEvidence.objects.select_related("by").order_by("on", "pk")
    prefetch_related_objects(promises, Prefetch("evidence_rows", rows))
    kept = {each.pk: list(each.evidence_rows.all()) for each in promises}
    held = holding(row for rows_of in kept.values() for row in rows_of)
    return [Standing(each, tuple(Shown(row, row.pk in held) for row in kept[each.pk]), on) for each in promises]


def standing_of(promise: Commitment, *, on: date | None = None) -> Standing:
    """One promise with its evidence as it is now."""
    rows = list(CommitmentEvidence.objects.filter(commitment=promise).select_related("by"))
    held = holding(rows)
    return Standing(promise, tuple(Shown(row, row.pk in held) for row in rows), on)


def sums(standing: Iterable[Standing]) -> list[Sum]:
    """Promised beside delivered, per side, kind and unit: what is counted differently is never added."""
    groups: dict[tuple[str, str, str], list[Standing]] = {}
    for each in standing:
        groups.setdefault((each.promise.side, each.promise.kind, each.promise.unit), []).append(each)
    sides, kinds = list(Side.values), list(CommitmentKind.values)
    ordered = sorted(groups, key=lambda group: (sides.index(group[0]), kinds.index(group[1]), group[2]))
    return [_sum(group, groups[group]) for group in ordered]


def _sum(group: tuple[str, str, str], members: Sequence[Standing]) -> Sum:
    side, kind, unit = group
    promised = [each.promise.number for each in members if each.promise.number is not None]
    delivered = [each.delivered for each in members if each.delivered is not None]
    return Sum(
        side=str(Side(side).label),
        kind=str(CommitmentKind(kind).label),
        unit=unit,
        promises=len(members),
        promised=sum(promised, Decimal(0)) if promised else None,
        delivered=sum(delivered, Decimal(0)) if delivered else None,
    )


def enterprise_keys(agreement: Agreement) -> set[int]:
    """The enterprises among the parties of an agreement."""
    parties = agreement.parties.filter(enterprise__isnull=False)
    return {agreement.enterprise_id, *parties.values_list("enterprise", flat=True)}


def enterprises_of(promise: Commitment) -> set[int]:
    """Whose records may show that a promise was kept: all enterprises of its agreement, or its own."""
    if promise.agreement is None:
        return {promise.enterprise_id}
    return {promise.enterprise_id, *enterprise_keys(promise.agreement)}


def promise_rows(user: User) -> CommitmentQuerySet:
    """Promises that a person may see, with what a row names."""
    rows = Commitment.objects.visible_to(user)
    return rows.select_related("enterprise__owner", "enterprise__deputy", "agreement__owner", "agreement__deputy")


def of_enterprise(user: User, enterprise: Enterprise) -> CommitmentQuerySet:
    """Promises by and to one enterprise, also under agreements of several parties."""
    rows = promise_rows(user).filter(enterprise=enterprise)
    return rows.order_by("side", F("due_on").asc(nulls_last=True), "pk")


def of_agreement(user: User, agreement: Agreement) -> CommitmentQuerySet:
    return promise_rows(user).filter(agreement=agreement).order_by("side", F("due_on").asc(nulls_last=True), "pk")


def promise_list(user: User, filters: dict[str, Any], *, on: date) -> CommitmentQuerySet:
    """Promises that a person may see and asked for."""
    rows = promise_rows(user)
    if filters.get("find"):
        rows = rows.filter(_named(filters["find"]))
    for name in ("side", "kind"):
        if filters.get(name):
            rows = rows.filter(Q((name, filters[name])))
    state = filters.get("state")
    if state == "overdue":
        rows = rows.overdue(on)
    elif state == "soon":
        rows = rows.open().filter(due_on__range=(on, on + SOON))
    elif state:
        rows = rows.filter(state=state)
    if filters.get("owner"):
        owner = filters["owner"]
        rows = rows.filter(Q(agreement__owner=owner) | Q(agreement__isnull=True, enterprise__owner=owner))
    if filters.get("college"):
        links: QuerySet[Any] = Agreement.colleges.through._default_manager.filter(college=int(filters["college"]))
        rows = rows.filter(agreement__in=links.values("agreement"))
    return rows.order_by(*SORTS[filters.get("sort") or "due"])


def _named(words: str) -> Q:
    """By its own words, those of its agreement, or the names of the enterprise."""
    own = Q(description__icontains=words) | Q(agreement__title__icontains=words)
    query = search_query(words)
    if query is None:
        return own
    return own | Q(enterprise__in=Enterprise.objects.filter(search=query).order_by().values("pk"))
