"""The files of the platform's table: a workbook of at most 1000 rows, several of them in an archive."""

from __future__ import annotations

import io
import zipfile

from django.http import FileResponse
from django.utils import timezone

from exporting.writing.workbooks import XLSX, Workbook
from ledger.models.platform import PlatformFile
from ledger.selectors.platform import COLUMNS, TABLE

ROWS_PER_FILE = 1000  # as many as the platform takes at once


def platform_download(file: PlatformFile) -> FileResponse:
    """The rows as they were when the file was made, however often it is fetched."""
    rows = list(file.rows.values_list("cells", flat=True))
    stem = f"{TABLE}-{timezone.localtime(file.at):%Y%m%d}-{file.pk}"
    parts = [rows[start : start + ROWS_PER_FILE] for start in range(0, len(rows), ROWS_PER_FILE)]
    if len(parts) < 2:
        return FileResponse(io.BytesIO(_workbook(rows)), as_attachment=True, filename=f"{stem}.xlsx", content_type=XLSX)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, part in enumerate(parts, start=1):
            archive.writestr(f"{stem}-{number}.xlsx", _workbook(part))
    content.seek(0)
    return FileResponse(content, as_attachment=True, filename=f"{stem}.zip", content_type="application/zip")


def _workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    book.sheet(TABLE, [(column.heading, column.width) for column in COLUMNS], rows)
    return book.done()
