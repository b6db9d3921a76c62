"""Lists of visits as files: visits, campaigns, reports to check, follow-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.templatetags.portal import listed
from exporting.reading import portions
from exporting.tables import Column, Kind, Table, plain_table
from visits.choices import FollowUpState
from visits.models.results import FollowUp
from visits.selectors.doubts import add_doubts
from visits.selectors.follow_ups import late_days

VISITS = plain_table(
    "visits:visit_list",
    _("Visits"),
    "visits",
    Column("day", _("Day"), "starts_on", Kind.DAY),
    Column("enterprise", _("Enterprise")),
    Column("code", _("Unified social credit code"), "enterprise.credit_code"),
    Column("leaders", _("Led by"), lambda row: listed(row.leaders)),
    Column("direction", _("Direction"), "get_direction_display"),
    Column("medium", _("Medium"), "get_medium_display"),
    Column("places", _("Posts and internships offered"), kind=Kind.WHOLE),
    Column("state", pgettext_lazy("visit", "State"), "get_state_display"),
)


def _doubts(row: Any) -> str:
    return listed(doubt.text for doubt in row.doubts)


def _check(rows: Any, columns: Sequence[Column]) -> Iterator[Any]:
    for portion in portions(rows):
        yield from add_doubts(portion)


CHECK = plain_table(
    "visits:check_list",
    _("Reports to check"),
    "reports-to-check",
    Column("day", _("Day"), "starts_on", Kind.DAY),
    Column("enterprise", _("Enterprise")),
    Column("reported_by", _("Reported by")),
    Column("reported", _("Reported on"), "reported_at", Kind.DAY),
    Column("returned", pgettext_lazy("report", "Returned"), "is_returned", Kind.YES),
    Column("doubts", _("Doubts"), _doubts),
    read=_check,
)
CAMPAIGNS = plain_table(
    "visits:campaign_list",
    _("Campaigns"),
    "campaigns",
    Column("campaign", _("Campaign"), "name"),
    Column("document", _("Document number"), "document_number"),
    Column("class_of", _("Graduating class"), kind=Kind.WHOLE),
    Column("from", _("From"), "starts_on", Kind.DAY),
    Column("to", _("To"), "ends_on", Kind.DAY),
    Column("targets", _("Targets"), lambda row: len(row.targets.all()), Kind.WHOLE),
    Column("visits", _("Visits"), "visit_count", Kind.WHOLE),
)


def follow_ups(*, on: date) -> Table:
    def days_late(row: FollowUp) -> int | None:
        return max(late_days(row, on=on), 0) if row.state == FollowUpState.OPEN else None

    return plain_table(
        "visits:follow_up_list",
        _("Follow-ups"),
        "follow-ups",
        Column("what", _("What is to be done")),
        Column("enterprise", _("Enterprise"), "visit.enterprise"),
        Column("visit_on", _("Visit on"), "visit.starts_on", Kind.DAY),
        Column("owner", _("Owner")),
        Column("due_on", _("Due on"), kind=Kind.DAY),
        Column("late", _("Days late"), days_late, Kind.WHOLE),
        Column("state", _("State"), "get_state_display"),
        Column("result", _("Result")),
        Column("closed_on", _("Closed on"), "closed_at", Kind.DAY),
    )
