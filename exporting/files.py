"""Columns and rows as a file of one of the three kinds, in parts that may leave one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

from exporting.choices import ExportFormat
from exporting.tables import Column
from exporting.writing import lines, parquet
from exporting.writing.workbooks import MOST_ROWS, XLSX, Workbook

CONTENT_TYPES = {ExportFormat.XLSX: XLSX, ExportFormat.CSV: lines.CSV, ExportFormat.PARQUET: parquet.PARQUET}
WIDTH = 18
AT_ONCE = 65_536


def file_name(stem: str, kind: ExportFormat) -> str:
    return f"{stem}-{timezone.localdate():%Y%m%d}.{kind}"


def workbook_file(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """One sheet, on disk, ready to be read; a workbook is known whole only at its end."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book = Workbook(file)
    headings = [(column.heading, column.width) for column in columns]
    try:
        book.sheet("", headings, rows, kinds=[column.kind for column in columns], most=MOST_ROWS)
    except BaseException:
        book.close()
        file.close()
        raise
    book.close()
    file.seek(0)
    return file


def parts_of(
    kind: ExportFormat, columns: Sequence[Column], rows: Iterable[Sequence[Any]], about: dict[str, str]
) -> lines.Parts | _FileParts:
    """CSV and Parquet leave while they are written; a workbook when it is whole."""
    if kind == ExportFormat.CSV:
        return lines.written([column.label for column in columns], [column.kind for column in columns], rows)
    if kind == ExportFormat.PARQUET:
        return parquet.written(columns, rows, about)
    return _FileParts(workbook_file(columns, rows))


class _FileParts:
    """A file that is whole, part by part; it is gone when its reader is."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def __iter__(self) -> _FileParts:
        return self

    def __next__(self) -> bytes:
        part = b"" if self.file.closed else self.file.read(AT_ONCE)
        if not part:
            self.close()
            raise StopIteration
        return part

    def close(self) -> None:
        self.file.close()


def download(
    stem: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], kind: ExportFormat
) -> StreamingHttpResponse:
    """The rows as a file that no log names: for what holds nothing of people."""
    return as_file(parts_of(kind, columns, rows, {"table": stem}), stem, kind)


def as_file(parts: Iterable[bytes], stem: str, kind: ExportFormat) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{file_name(stem, kind)}"'
    return response


def workbook(stem: str, headings: Sequence[object], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """What is no list: an empty form to fill in, or what is wrong with one that was sent; cells are what they are."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = Workbook(file)
    book.sheet("", [(str(heading), WIDTH) for heading in headings], rows)
    book.close()
    file.seek(0)
    name = file_name(stem, ExportFormat.XLSX)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
