"""Trips, and whom to visit next, as files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.templatetags.portal import listed
from exporting.tables import Column, Kind, Table, plain_table
from travel.selectors.reasons import reasons_of

TRIPS = plain_table(
    "travel:trip_list",
    _("Trips"),
    "trips",
    Column("trip", _("Trip"), "name"),
    Column("from", _("From"), "starts_on", Kind.DAY),
    Column("to", _("To"), "ends_on", Kind.DAY),
    Column("leaders", _("Led by"), lambda row: listed(row.leaders)),
    Column("campaign", _("Campaign")),
    Column("stops", _("Stops"), "stop_count", Kind.WHOLE),
    Column("goal", _("Goal")),
    Column("called_off", _("Called off"), lambda row: row.called_off_at is not None, Kind.YES),
)


def candidates(*, on: date) -> Table:
    def reasons(row: Any) -> str:
        return listed(reason.text for reason in reasons_of(row, on=on))

    return plain_table(
        "travel:candidate_list",
        _("Whom to visit"),
        "whom-to-visit",
        Column("enterprise", _("Enterprise"), "legal_name"),
        Column("code", _("Unified social credit code"), "credit_code"),
        Column("province", _("Province")),
        Column("city", _("City"), lambda row: row.region or row.city),
        Column("industry", _("Industry")),
        Column("owner", _("Owner")),
        Column("reasons", _("Reasons"), reasons),
        Column("needs", _("Open needs"), "open_needs", Kind.WHOLE),
        Column("last_visit", _("Last visit"), "last_visit_on", Kind.DAY),
        Column("next_visit", _("Next visit"), "next_visit_on", Kind.DAY),
        Column("agreement_ends", _("Agreement ends on"), "agreement_ends_on", Kind.DAY),
        Column("graduates", _("Graduates of ours"), kind=Kind.WHOLE),
        Column("interns", _("Interns of ours"), kind=Kind.WHOLE),
    )
