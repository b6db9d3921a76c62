"""Apache Parquet for those who compute: typed columns under their lasting names, labels and definitions beside them."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterable, Sequence
from itertools import islice
from typing import Any

import pyarrow
from django.utils import timezone
from pyarrow.parquet import ParquetWriter

from exporting.tables import Column, Kind
from exporting.writing.cells import typed

Parts = Generator[bytes, None, None]
PARQUET = "application/vnd.apache.parquet"
GROUP = 5_000  # rows that are held at once and written together
DIGITS, PLACES = 24, 4


def _type(kind: Kind) -> Any:
    return {
        Kind.TEXT: pyarrow.string(),
        Kind.WHOLE: pyarrow.int64(),
        Kind.DECIMAL: pyarrow.decimal128(DIGITS, PLACES),
        Kind.DAY: pyarrow.date32(),
        Kind.MOMENT: pyarrow.timestamp("us", tz=timezone.get_current_timezone_name()),
        Kind.YES: pyarrow.bool_(),
        Kind.ANY: pyarrow.string(),
    }[kind]


def schema_of(columns: Sequence[Column], about: dict[str, str]) -> pyarrow.Schema:
    """Each field with its label, its definition, and whether it is personal; `about` is said of the whole file."""
    return pyarrow.schema([_field(column) for column in columns], metadata=about)


def _field(column: Column) -> pyarrow.Field:
    said = {"label": str(column.label), "kind": column.kind.value, "personal": "yes" if column.is_personal else "no"}
    if column.about:
        said["definition"] = str(column.about)
    return pyarrow.field(column.key, _type(column.kind), metadata=said)


class _Outgoing(io.RawIOBase):
    """What was written since somebody took it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.sent = 0

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self.parts.append(bytes(part))
        self.sent += len(self.parts[-1])
        return len(self.parts[-1])

    def tell(self) -> int:
        return self.sent

    def take(self) -> bytes:
        taken = b"".join(self.parts)
        self.parts.clear()
        return taken


def written(columns: Sequence[Column], rows: Iterable[Sequence[Any]], about: dict[str, str]) -> Parts:
    """One row group after the other; the file says at its end where each began, so nothing is written twice."""
    schema, out, coming = schema_of(columns, about), _Outgoing(), iter(rows)
    with ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(coming, GROUP)):
            writer.write_batch(_batch(columns, schema, group))
            yield out.take()
    yield out.take()


def _batch(columns: Sequence[Column], schema: pyarrow.Schema, rows: list[Sequence[Any]]) -> pyarrow.RecordBatch:
    arrays = []
    for number, column in enumerate(columns):
        kind = column.kind
        cells = [typed(kind, row[number]) for row in rows]
        if kind is Kind.ANY:
            cells = [None if cell is None else str(cell) for cell in cells]
        arrays.append(pyarrow.array(cells, type=schema.field(number).type))
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)
