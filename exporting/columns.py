"""The log itself as a list to take along."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exporting.tables import Column, Group, Kind, Table

EXPORTS = Table(
    "exporting:export_list",
    _("Exports"),
    "exports",
    (
        Group(
            _("Exports"),
            (
                Column("at", _("When"), kind=Kind.MOMENT),
                Column("by", _("Person")),
                Column("name", _("List")),
                Column("filters", _("Filters")),
                Column("format", _("Kind of file"), "get_format_display"),
                Column("columns", _("Columns"), lambda row: ", ".join(row.columns)),
                Column("rows", pgettext_lazy("of an export", "Rows"), kind=Kind.WHOLE),
                Column("personal", _("With personal data"), "is_personal", Kind.YES),
                Column("state", _("State"), "get_state_display"),
                Column("ended", pgettext_lazy("of an export", "Ended"), "ended_at", Kind.MOMENT),
            ),
        ),
    ),
)
