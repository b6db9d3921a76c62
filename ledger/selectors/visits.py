"""Which visits a ledger is about: those of the list of visits under the same filters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q

from accounts.models.people import User
from ledger.selectors.lines import Line, lines_of, with_lines
from visits.models.visits import VisitQuerySet
from visits.selectors import visits as visit_selectors

TOOK_PLACE = "took_place"
PREVIEWED = 10


def ledger_visits(user: User, filters: dict[str, Any], *, on: date) -> VisitQuerySet:
    """Visits exactly as the list of visits finds them; `took_place` beside the states stands for all that were held."""
    asked = dict(filters)
    held_only = asked.get("state") == TOOK_PLACE
    if held_only:
        del asked["state"]
    visits = visit_selectors.visit_list(user, asked, on=on)
    return visits.took_place() if held_only else visits


def numbers_of(visits: VisitQuerySet, most: int | None = None) -> list[int]:
    """The visits in their order; one query."""
    return list(visits.values_list("pk", flat=True)[:most])


def count_of(visits: VisitQuerySet) -> tuple[int, int]:
    """How many visits and how many lines; a visit without an offer is one line. One query."""
    plain = visits.order_by()
    found = plain.aggregate(
        visits=Count("pk", distinct=True), offers=Count("outcomes"), bare=Count("pk", filter=Q(outcomes__isnull=True))
    )
    return found["visits"], found["offers"] + found["bare"]


def preview(visits: VisitQuerySet, *, user: User, on: date) -> list[Line]:
    """The lines of the first visits."""
    return lines_of(list(with_lines(visits, user=user, on=on)[:PREVIEWED]), on=on)
