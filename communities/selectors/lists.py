"""The three lists of a community."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communities.choices import ListKind
from communities.models.sharing import ListEntry
from partnerships.exports import MOST_ROWS
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


def list_columns() -> list[str]:
    return [
        _("List"), _("Member"), _("What"), _("Description"), _("People wanted"), _("Listed on"), _("Closed on"),
        _("What came of it"),
    ]  # fmt: skip


def list_export(rows: QuerySet[ListEntry]) -> Iterator[list[Any]]:
    for row in rows[: MOST_ROWS + 1].iterator(chunk_size=1000):
        yield [
            row.get_kind_display(), row.membership, row.name, row.description, row.number, row.listed_on,
            row.closed_on, row.result,
        ]  # fmt: skip
