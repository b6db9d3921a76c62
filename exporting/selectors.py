"""The log of exports, as the office and each person read it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models.people import User
from core.days import midnight, midnight_after
from exporting.models import Export

Choices = list[tuple[str, str]]


def export_list(user: User, filters: dict[str, Any]) -> QuerySet[Export]:
    """Newest first; `by`, `table` and the days narrow it."""
    rows = Export.objects.visible_to(user).select_related("by")
    if filters.get("by"):
        rows = rows.filter(by=filters["by"])
    if filters.get("table"):
        rows = rows.filter(table=filters["table"])
    if filters.get("personal"):
        rows = rows.filter(is_personal=True)
    if filters.get("since"):
        rows = rows.filter(at__gte=midnight(filters["since"]))
    if filters.get("until"):
        rows = rows.filter(at__lt=midnight_after(filters["until"]))
    return rows.order_by("-at", "-pk")


def tables_taken(user: User) -> Choices:
    """The lists in the log, under the name that each had last; one query."""
    latest = Export.objects.visible_to(user).order_by("table", "-at").distinct("table")
    return sorted(((row.table, row.name) for row in latest), key=lambda choice: choice[1])


def people_in_log(user: User) -> Choices:
    """Who took something along, for those who see others; one query."""
    if not user.is_office:
        return []
    people = User.objects.filter(pk__in=Export.objects.order_by().values("by")).order_by("name", "pk")
    return [(str(person.pk), str(person)) for person in people]
