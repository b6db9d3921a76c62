"""Reading a workbook in a process of its own, which ends when it asks for more memory or time than it was given.

A file of a few kilobytes can name a cell so far away that any reader asks for hundreds of gigabytes, and dies of
it; here that is this process and not the worker. Nothing of Django is loaded. It is called as

    python -m imports.reader KIND FILE SHEET MOST_ROWS MEMORY

and prints JSON: `{"sheets": [{name, rows, head}]}` for sheet -1, `{"rows": [[number, [cells]]]}` for one sheet, or
`{"refused": why}`. Cells are text or numbers; of formulas there is the value that the workbook holds, and macros
are data like pictures: nothing is ever run.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MOST_SECONDS = 60
MOST_SHEETS = 30
MOST_COLUMNS = 200
LONGEST_CELL = 4000
HEAD_ROWS = 30
MOST_MERGED = 50_000
ENCODINGS = ("utf-8-sig", "gb18030")

Cell = str | int | float
Row = list[Cell]


class Refused(Exception):
    """Why a file cannot be read, as one word."""


def plain_cell(value: Any) -> Cell:
    """A cell as JSON holds it: whole numbers without a fraction, days as ISO text, nothing unprintable."""
    if isinstance(value, bool) or value is None:
        return str(value or "")
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    text = "".join(letter for letter in str(value)[:LONGEST_CELL] if letter.isprintable() or letter in "\n\t")
    return text.strip()


def _spread(rows: list[Row], sheet: CalamineSheet) -> list[Row]:
    """Merged cells say the same in each of their places, as a person reads them."""
    for (top, left), (bottom, right) in islice(sheet.merged_cell_ranges or (), MOST_MERGED):
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] == "":
            continue
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return rows


def _sheet_rows(sheet: CalamineSheet) -> list[Row]:
    found = [[plain_cell(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.iter_rows()]
    return _spread(found, sheet)


def _csv_text(path: Path) -> str:
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


def _csv_rows(path: Path) -> list[Row]:
    """UTF-8 with or without its mark, GB18030, UTF-16; between the cells stand commas, semicolons or tabs."""
    text = _csv_text(path)
    start = text[:20_000]
    between = max(",;\t", key=start.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=between)
    return [[plain_cell(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _sheets(kind: str, path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Each sheet that is not hidden, with its rows."""
    if kind == "csv":
        yield "CSV", _csv_rows(path)
        return
    with CalamineWorkbook.from_path(str(path)) as book:
        for about in book.sheets_metadata[:MOST_SHEETS]:
            if about.visible == SheetVisibleEnum.Visible:
                yield about.name, _sheet_rows(book.get_sheet_by_name(about.name))


def _filled(rows: list[Row]) -> Iterator[tuple[int, Row]]:
    """The rows that hold anything, with their numbers as a sheet counts."""
    return ((number, row) for number, row in enumerate(rows, start=1) if any(cell != "" for cell in row))


def read(kind: str, path: Path, sheet: int, most_rows: int) -> dict[str, Any]:
    """What every sheet begins with, or the rows of one; at most one row more than allowed, so that too many show."""
    if sheet < 0:
        heads = [
            {"name": name, "rows": sum(1 for _ in _filled(rows)), "head": rows[:HEAD_ROWS]}
            for name, rows in _sheets(kind, path)
        ]
        return {"sheets": [head for head in heads if head["rows"]]}
    wanted = [rows for _name, rows in _sheets(kind, path) if any(_filled(rows))][sheet]
    return {"rows": list(islice(_filled(wanted), most_rows + 1))}


def main(arguments: list[str]) -> int:
    kind, path, sheet, most_rows, memory = arguments
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        answer = read(kind, Path(path), int(sheet), int(most_rows))
    except PasswordError:
        answer = {"refused": "password"}
    except MemoryError:
        answer = {"refused": "too_much"}
    except Refused as refused:
        answer = {"refused": str(refused)}
    except (CalamineError, csv.Error, IndexError, ValueError):
        answer = {"refused": "damaged"}
    json.dump(answer, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
