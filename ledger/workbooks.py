"""Workbooks of several sheets: codes as text, nothing turned into a formula, headings that stay in sight and filter."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.utils import timezone

from partnerships.exports import OPTIONS

LONGEST_TEXT = 32_767  # what a cell of Excel holds


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
