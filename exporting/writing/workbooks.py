"""Workbooks for Excel: codes as text, nothing turned into a formula, headings that stay in sight and filter."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from exporting.tables import Kind
from exporting.writing.cells import for_sheet

MOST_ROWS = 50_000  # 20,000 rows take 2 to 10 seconds of one core, by the columns
TOO_MANY = _("Only the first %(count)s rows are here; narrow the filters.")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}


class Workbook:
    """Sheets of a heading and rows, written row by row so that memory stays small."""

    def __init__(self, file: IO[bytes] | None = None) -> None:
        self.file: IO[bytes] = file or io.BytesIO()
        self.book = xlsxwriter.Workbook(self.file, OPTIONS)
        self.bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def sheet(
        self,
        name: str,
        headings: Sequence[tuple[str, int]],
        rows: Iterable[Sequence[Any]],
        *,
        kinds: Sequence[Kind] = (),
        most: int | None = None,
    ) -> None:
        """`headings` with their widths, `kinds` of the columns if not any; a last row says what is cut."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, (heading, width) in enumerate(headings):
            sheet.set_column(column, column, width)
            self._write(sheet, 0, column, for_sheet(Kind.TEXT, heading), self.bold)
        kinds = kinds or [Kind.ANY] * len(headings)
        last = 0
        for last, row in enumerate(rows, start=1):
            if most is not None and last > most:
                self._write(sheet, last, 0, str(TOO_MANY) % {"count": most}, self.bold)
                break
            for column, (kind, value) in enumerate(zip(kinds, row, strict=False)):
                self._write(sheet, last, column, for_sheet(kind, value))
        sheet.autofilter(0, 0, last, len(headings) - 1)

    def done(self) -> bytes:
        self.close()
        self.file.seek(0)
        return self.file.read()

    def close(self) -> None:
        self.book.close()

    def _write(self, sheet: Any, row: int, column: int, value: Any, look: Any = None) -> None:
        if isinstance(value, str):
            if value:
                sheet.write_string(row, column, value, look)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, look)
        elif value is not None:
            sheet.write_number(row, column, value, look)
