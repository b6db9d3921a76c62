"""Workbooks: codes as text, nothing turned into a formula, headings that stay in sight and filter."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.figures.figure import Figure, Scope
from reports.selectors.campaign_report import Contents, FigureLine, moment
from reports.selectors.figure import cells_of, ordered
from reports.selectors.ledger_columns import LEDGER, PLATFORM

MOST_ROWS = 50_000
LONGEST_TEXT = 32_767  # what a cell of Excel holds
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}


def _cell(value: Any) -> Any:
    """Dates and numbers stay what they are; an instant becomes its day; anything else is text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    if value is None or isinstance(value, date | int | float):
        return value
    return str(value)[:LONGEST_TEXT]


class Workbook:
    """Sheets of a heading and rows, written row by row so that memory stays small."""

    def __init__(self) -> None:
        self.file: IO[bytes] = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.file, OPTIONS)
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})

    def sheet(self, name: str, headings: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> None:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, (heading, width) in enumerate(headings):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self.bold)
        last = 0
        for last, row in enumerate(rows, start=1):  # noqa: B007 - the number of the last row is used below
            for column, value in enumerate(row):
                self._write(sheet, last, column, _cell(value))
        sheet.autofilter(0, 0, last, len(headings) - 1)

    def done(self) -> bytes:
        self.book.close()
        self.file.seek(0)
        return self.file.read()

    def _write(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if isinstance(value, str):
            if value:
                sheet.write_string(row, column, value)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value)
        elif value is not None:
            sheet.write_number(row, column, value)


def campaign_workbook(contents: Contents) -> bytes:
    """Ledger, the platform's table, the three counts by kind of visit, and the figures with their definitions."""
    book = Workbook()
    for name, columns in ((_("Ledger"), LEDGER), (_("Data platform"), PLATFORM)):
        headings = [(column.heading, column.width) for column in columns]
        book.sheet(name, headings, ([column.of(line) for column in columns] for line in contents.lines))
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


def figure_workbook(figure: Figure, scope: Scope) -> bytes:
    """The very rows that a figure counts, at most 50,000; the last line says so when there are more."""
    book = Workbook()
    headings = [(str(column.label), 20) for column in figure.columns]
    book.sheet(_("Rows"), headings, _rows(figure, scope))
    return book.done()


def _rows(figure: Figure, scope: Scope) -> Iterable[list[Any]]:
    rows = ordered(figure.page_rows(scope))[: MOST_ROWS + 1]
    for number, row in enumerate(rows.iterator(chunk_size=2000)):
        if number == MOST_ROWS:
            yield [_("Only the first %(count)s rows are here; narrow the figure.") % {"count": MOST_ROWS}]
            return
        yield cells_of(figure, row)
