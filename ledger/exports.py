"""The office's ledger (走访台账) as a file: one line for each visit and major."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.people import User
from exporting.tables import Column, Group, Kind, Table, plain_table
from imports.exports import imports
from ledger.selectors.columns import LEDGER
from ledger.selectors.lines import Line, portions
from ledger.selectors.visits import numbers_of


def ledger(user: User, *, on: date) -> Table:
    def read(rows: Any, columns: Sequence[Column]) -> Iterator[Line]:
        for lines in portions(numbers_of(rows), user=user, on=on):
            yield from lines

    label = _("Ledger of visits")
    return Table("ledger:ledger", label, "ledger-of-visits", (Group(label, LEDGER),), read=read)


IMPORTS = imports("ledger:import_list", _("Imports of past ledgers"), "ledger-imports")
PLATFORM_FILES = plain_table(
    "ledger:platform_files",
    _("Files for the platform"),
    "platform-files",
    Column("made", _("Made on"), "at", Kind.MOMENT),
    Column("state", pgettext_lazy("of a file", "State"), "get_state_display"),
    Column("rows", _("Rows"), "row_count", Kind.WHOLE),
    Column("refused", _("Refused rows"), "failed_count", Kind.WHOLE),
    Column("by", _("Made by")),
    Column("reason", _("Reason")),
)
