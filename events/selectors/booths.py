"""The plan of a fair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import selectors as school_selectors
from core.names import reads_chinese
from events.models import Booth, Event
from partnerships.models.enterprises import Enterprise


@dataclass(frozen=True)
class Plan:
    """Rows of booths, a gap where there is none; and the enterprises that have none yet."""

    rows: list[list[Booth | None]]
    without: list[Enterprise]

    @property
    def columns(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def booths_of(event: Event) -> QuerySet[Booth]:
    return event.booths.select_related("enterprise")


def plan_of(event: Event) -> Plan:
    booths = {(booth.row, booth.column): booth for booth in booths_of(event)}
    rows = max((row for row, _column in booths), default=0)
    columns = max((column for _row, column in booths), default=0)
    standing = {booth.enterprise_id for booth in booths.values()}
    return Plan(
        rows=[[booths.get((row, column)) for column in range(1, columns + 1)] for row in range(1, rows + 1)],
        without=[each for each in event.enterprises.order_by("name_sort", "pk") if each.pk not in standing],
    )


def sheet(event: Event) -> dict[str, Any]:
    """What templates/events/booths.typ reads."""
    plan = plan_of(event)
    cells = [
        [None if booth is None else {"label": booth.label, "name": str(booth.enterprise or ""), "note": booth.note}
         for booth in row]
        for row in plan.rows
    ]  # fmt: skip
    facts = [date_format(event.held_on) if event.held_on else "", str(event.room or ""), event.place]
    taken = sorted((str(b.enterprise), b.label) for row in plan.rows for b in row if b and b.enterprise)
    return {
        "language": "zh" if reads_chinese() else "en",
        "school": str(school_selectors.school()),
        "title": str(event),
        "kicker": _("Plan of the booths"),
        "facts": " · ".join(fact for fact in facts if fact),
        "columns": plan.columns,
        "rows": cells,
        "list": [list(pair) for pair in taken],
        "list_title": _("Who stands where"),
        "entrance": _("Entrance"),
    }
