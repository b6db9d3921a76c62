"""A list as a workbook: one sheet, codes as text, nothing turned into a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

MOST_ROWS = 20_000
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _cell(value: Any) -> Any:
    """Dates and numbers stay what they are; an instant becomes its day; anything else is text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    if value is None or isinstance(value, int | float | date):
        return value
    return str(value)


def workbook(name: str, columns: Sequence[object], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """The rows as a download; row by row, so memory stays small. At most 20,000 rows, said in the last one."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, OPTIONS)
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 18)
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, [str(column) for column in columns], bold)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            note = _("Only the first %(count)s rows are here; narrow the filters.") % {"count": MOST_ROWS}
            sheet.write(number, 0, note)
            break
        sheet.write_row(number, 0, [_cell(value) for value in row])
    book.close()
    file.seek(0)
    filename = f"{name}-{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX)
