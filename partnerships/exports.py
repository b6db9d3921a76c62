"""A list as a file: one sheet or plain lines, codes as text, nothing turned into a formula."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

MOST_ROWS = 20_000
# Of the list of enterprises: 20,000 rows take 2 to 10 seconds of one core, by the columns, and 50 MB at most.
MOST = {"xlsx": 50_000, "csv": 100_000}
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# What a spreadsheet takes for the beginning of a formula, in full width too.
STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def yes_no(fact: object) -> str:
    return _("yes") if fact else _("no")


def _cell(value: Any) -> Any:
    """Dates and numbers stay what they are; an instant becomes its day; anything else is text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    if value is None or isinstance(value, int | float | date):
        return value
    return str(value)


def _text(value: Any) -> str:
    """A cell of a CSV file; an apostrophe stands before what a spreadsheet would take for a formula."""
    cell = _cell(value)
    if cell is None:
        return ""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(STARTS_FORMULA) else text


def _at_most(rows: Iterable[Sequence[Any]], most: int) -> Iterator[Sequence[Any]]:
    """The first rows, and a last one that says so where there are more."""
    for number, row in enumerate(rows, start=1):
        if number > most:
            yield [_("Only the first %(count)s rows are here; narrow the filters.") % {"count": most}]
            return
        yield row


def _download(file: Any, name: str, ending: str, content_type: str) -> FileResponse:
    file.seek(0)
    filename = f"{name}-{timezone.localdate():%Y%m%d}.{ending}"
    return FileResponse(file, as_attachment=True, filename=filename, content_type=content_type)


def workbook(
    name: str, columns: Sequence[object], rows: Iterable[Sequence[Any]], *, most: int = MOST_ROWS
) -> FileResponse:
    """The rows as a download; row by row, so memory stays small. At most `most` rows, said in the last one."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, OPTIONS)
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 18)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, [str(column) for column in columns], bold)
    for number, row in enumerate(_at_most(rows, most), start=1):
        sheet.write_row(number, 0, [_cell(value) for value in row])
    book.close()
    return _download(file, name, "xlsx", XLSX)


def plain_lines(
    name: str, columns: Sequence[object], rows: Iterable[Sequence[Any]], *, most: int = MOST_ROWS
) -> FileResponse:
    """The rows as CSV in UTF-8 with a byte-order mark, as Excel expects it; otherwise like a workbook."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([_text(str(column)) for column in columns])
    for row in _at_most(rows, most):
        writer.writerow([_text(value) for value in row])
    text.flush()
    text.detach()
    return _download(file, name, "csv", CSV)
