"""Lists as offices have them, made in the test that reads them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models.people import User
from imports import headings, services
from imports.choices import ImportState
from imports.headings import Place
from imports.models import Import
from imports.working import work

PLAIN_HEAD = ("单位名称", "统一社会信用代码", "单位性质", "所属行业", "省份", "城市", "职工人数", "联系人", "联系电话")


def xlsx(*sheets: Iterable[Sequence[Any]], merged: Sequence[tuple[int, int, int, int, str]] = ()) -> bytes:
    """A workbook of these sheets; `merged` are (first row, first column, last row, last column, text) of the first."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        for top, left, bottom, right, text in merged if number == 0 else ():
            sheet.merge_range(top, left, bottom, right, text)
    book.close()
    return content.getvalue()


def csv(rows: Iterable[Sequence[Any]], encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(str(cell) for cell in row) for row in rows).encode(encoding)


def bring(content: bytes, by: User, name: str = "企业名单.xlsx") -> Import:
    """Uploaded and read by a worker."""
    run = services.bring_workbook(SimpleUploadedFile(name, content), by=by, at=timezone.now())
    return step(run)


def step(run: Import) -> Import:
    """What a worker does next."""
    work(run.pk, now=timezone.now())
    run.refresh_from_db()
    return run


def check(run: Import, by: User) -> Import:
    """The columns as guessed, and the rows checked."""
    head = run.sheets[run.sheet]["head"]
    place = Place(run.header_from, run.header_to)
    services.choose_columns(
        run, sheet=run.sheet, place=place, columns=headings.guess(head, place), by=by, at=timezone.now()
    )
    return step(run)


def checked(rows: Iterable[Sequence[Any]], by: User, head: Sequence[str] = PLAIN_HEAD) -> Import:
    """A list under plain headings, up to its preview."""
    run = check(bring(xlsx([head, *rows]), by), by)
    assert run.state == ImportState.CHECKED, run.error
    return run


def written(run: Import, by: User) -> Import:
    services.confirm(run, by=by, at=timezone.now())
    run = step(run)
    assert run.state == ImportState.WRITTEN, run.error
    return run


def undone(run: Import, by: User) -> Import:
    services.undo(run, by=by, at=timezone.now())
    run = step(run)
    assert run.state == ImportState.UNDONE, run.error
    return run


def outcomes(run: Import) -> list[str]:
    return list(run.rows.values_list("outcome", flat=True))


def states(run: Import) -> list[str]:
    return list(run.rows.values_list("state", flat=True))


def problems(run: Import) -> list[tuple[int, str, str]]:
    """Row, field and code of everything that was said of the rows."""
    return [(row.number, found["field"], found["code"]) for row in run.rows.all() for found in row.problems]


DAY = date(2026, 7, 6)
