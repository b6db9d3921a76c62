"""Plain lines (RFC 4180) in UTF-8 with a byte-order mark, as Excel expects them."""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterable, Sequence
from typing import Any

from exporting.tables import Kind
from exporting.writing.cells import for_line

Parts = Generator[bytes, None, None]
CSV = "text/csv; charset=utf-8"
ENOUGH = 8_192  # characters that are sent together


def written(headings: Sequence[object], kinds: Sequence[Kind], rows: Iterable[Sequence[Any]]) -> Parts:
    """The heading leaves before the first row is read, the rest in small parts."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([for_line(Kind.TEXT, heading) for heading in headings])
    yield buffer.getvalue().encode("utf-8-sig")
    _empty(buffer)
    for row in rows:
        writer.writerow([for_line(kind, value) for kind, value in zip(kinds, row, strict=True)])
        if buffer.tell() >= ENOUGH:
            yield buffer.getvalue().encode("utf-8", "replace")
            _empty(buffer)
    if buffer.tell():
        yield buffer.getvalue().encode("utf-8", "replace")


def _empty(buffer: io.StringIO) -> None:
    buffer.seek(0)
    buffer.truncate()
