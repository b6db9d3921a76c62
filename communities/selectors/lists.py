"""The three lists of a community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from communities.choices import ListKind
from communities.models.sharing import ListEntry
from partnerships.models.communities import Community


@dataclass(frozen=True)
class OneList:
    """One of the three lists as a page shows it."""

    kind: ListKind
    entries: list[ListEntry]
    people: int

    @property
    def open(self) -> int:
        return sum(1 for entry in self.entries if entry.closed_on is None)


def entries_of(community: Community, filters: dict[str, Any]) -> QuerySet[ListEntry]:
    """Lines of the lists; closed ones only when asked for."""
    rows = community.list_entries.select_related("membership")
    if not filters.get("closed"):
        rows = rows.filter(closed_on__isnull=True)
    if filters.get("member"):
        rows = rows.filter(membership=filters["member"])
    return rows.order_by("kind", "closed_on", "name", "pk")


def three_lists(community: Community, filters: dict[str, Any]) -> list[OneList]:
    """All three side by side; one query."""
    rows = list(entries_of(community, filters))
    found = []
    for kind in ListKind:
        entries = [row for row in rows if row.kind == kind]
        people = sum(entry.number or 0 for entry in entries if entry.closed_on is None)
        found.append(OneList(kind, entries, people))
    return found
