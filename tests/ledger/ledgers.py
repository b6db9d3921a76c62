"""Ledgers as offices have them, on their way into the portal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models.people import User
from imports import headings
from imports.choices import ImportState
from imports.headings import Place
from ledger.models.imports import LedgerImport
from ledger.past.columns import VISITS
from ledger.services import imports as services
from ledger.working import work
from tests.imports.lists import xlsx
from tests.ledger.conftest import NOW

HEAD = (
    "走访日期",
    "单位名称",
    "统一社会信用代码",
    "带队领导",
    "需求专业",
    "提供就业岗位数",
    "提供实习岗位数",
    "走访内容",
)


def bring(content: bytes, by: User, name: str = "走访台账.xlsx") -> LedgerImport:
    return step(services.bring_ledger(SimpleUploadedFile(name, content), by=by, at=NOW))


def step(run: LedgerImport) -> LedgerImport:
    """What a worker does next."""
    work(run.pk, now=NOW)
    run.refresh_from_db()
    return run


def check(run: LedgerImport, by: User) -> LedgerImport:
    """The columns as guessed, and the rows checked."""
    head = run.sheets[run.sheet]["head"]
    place = Place(run.header_from, run.header_to)
    columns = headings.guess(head, place, VISITS)
    services.choose_columns(run, sheet=run.sheet, place=place, columns=columns, by=by, at=NOW)
    return step(run)


def checked(rows: Iterable[Sequence[Any]], by: User, head: Sequence[str] = HEAD) -> LedgerImport:
    run = check(bring(xlsx([head, *rows]), by), by)
    assert run.state == ImportState.CHECKED, run.error
    return run


def written(run: LedgerImport, by: User) -> LedgerImport:
    services.confirm(run, by=by, at=NOW)
    run = step(run)
    assert run.state == ImportState.WRITTEN, run.error
    return run


def undone(run: LedgerImport, by: User) -> LedgerImport:
    services.undo(run, by=by, at=NOW)
    run = step(run)
    assert run.state == ImportState.UNDONE, run.error
    return run


def outcomes(run: LedgerImport) -> list[str]:
    return list(run.rows.values_list("outcome", flat=True))


def states(run: LedgerImport) -> list[str]:
    return list(run.rows.values_list("state", flat=True))


def problems(run: LedgerImport) -> list[tuple[int, str, str]]:
    """Row, field and code of everything that was said of the rows."""
    return [(row.number, found["field"], found["code"]) for row in run.rows.all() for found in row.problems]
