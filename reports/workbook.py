"""The workbook of a campaign's report."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exporting.writing.workbooks import Workbook
from ledger.selectors import platform
from ledger.selectors.columns import LEDGER, cells
from ledger.selectors.records import key_of
from ledger.services.records import give_ids
from reports.selectors.campaign_report import Contents, FigureLine, moment


def campaign_workbook(contents: Contents) -> bytes:
    """Ledger, the platform's table, the three counts by kind of visit, and the figures with their definitions."""
    book = Workbook()
    words, records = platform.Dictionaries.read(), give_ids(contents.lines)
    ids = (records[key_of(line)].record_id for line in contents.lines)
    uploaded = (platform.row_of(line, words, given) for line, given in zip(contents.lines, ids, strict=True))
    for name, columns, rows in (
        (_("Ledger"), LEDGER, cells(contents.lines, LEDGER)),
        (_("Data platform"), platform.COLUMNS, uploaded),
    ):
        book.sheet(name, [(column.heading, column.width) for column in columns], rows)
    kinds = [(head, 24) for head in contents.kind_head()]
    book.sheet(_("Kinds of visits"), kinds, contents.kind_rows())
    book.sheet(_("Figures"), _figure_headings(), (_figure_row(line, contents) for line in contents.figures))
    return book.done()


def _figure_headings() -> list[tuple[str, int]]:
    return [
        (_("Figure"), 32), (_("Number"), 12), (pgettext("denominator", "Of"), 12), (_("What it is of"), 20),
        (_("Rows on file"), 12), (_("Target"), 10), (_("Unit"), 8), (_("Definition"), 80),
        (_("Campaign"), 40), (_("As of"), 18),
    ]  # fmt: skip


def _figure_row(line: FigureLine, contents: Contents) -> list[Any]:
    figure, value = line.figure, line.value
    number: Any = value.shown if value.is_minimum else value.number
    of_campaign = str(contents.campaign) if figure.is_of_campaign else _("the whole school")
    return [
        str(figure.name), number, value.denominator, str(figure.among_name), value.on_file, line.target,
        str(figure.unit), str(figure.definition), of_campaign, moment(contents.at),
    ]  # fmt: skip
