"""The imports so far as a file; what a list held stays on its pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exporting.tables import Column, Kind, Table, plain_table


def imports(key: str, label: Promise, file: str) -> Table:
    """Of any list that imports.choices.ImportState tells of; with how many rows came to what."""
    return plain_table(
        key,
        label,
        file,
        Column("file", _("File"), "name"),
        Column("state", pgettext_lazy("of an import", "State"), "get_state_display"),
        Column("new", _("New rows"), "new_rows", Kind.WHOLE),
        Column("changed", _("Changed rows"), "changed_rows", Kind.WHOLE),
        Column("unchanged", _("Unchanged rows"), "unchanged_rows", Kind.WHOLE),
        Column("suspect", _("Rows to be decided"), "suspect_rows", Kind.WHOLE),
        Column("errors", _("Rows with errors"), "error_rows", Kind.WHOLE),
        Column("by", _("Brought by")),
        Column("at", _("Brought on"), kind=Kind.MOMENT),
    )


IMPORTS = imports("imports:import_list", _("Imports"), "imports")
