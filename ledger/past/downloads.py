"""Workbooks around an import of a ledger: an empty one to fill, and one that lists what is wrong."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from exporting.files import workbook
from exporting.writing.workbooks import OPTIONS, XLSX
from imports.lookups import Lookups
from ledger.models.imports import LedgerImport
from ledger.past.columns import LABELS, heading
from ledger.past.problems import field_name, is_error, sentence


def template() -> FileResponse:
    """Headings in the reader's language, and on a second sheet the majors and people that are known."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {**OPTIONS, "constant_memory": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_("Past visits"))
    sheet.freeze_panes(1, 1)
    for column, key in enumerate(LABELS):
        sheet.set_column(column, column, 18, text)  # text, so that no code loses digits
        sheet.write_string(0, column, heading(key), bold)
    words, lookups = book.add_worksheet(_("Code lists")), Lookups()
    lists: tuple[tuple[str, Iterable[object]], ...] = (
        ("majors", lookups.majors),
        ("leader", lookups.people),
        ("province", lookups.provinces),
    )
    for column, (key, entries) in enumerate(lists):
        words.set_column(column, column, 36)
        words.write_string(0, column, heading(key), bold)
        words.write_column(1, column, [str(entry) for entry in entries])
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("Past visits to import") + ".xlsx", content_type=XLSX)


def problem_workbook(run: LedgerImport) -> FileResponse:
    """A line for everything that was said of a row: where, which field, what stands there, the code and the reason."""
    columns = [
        _("Row"), _("Enterprise"), _("Kind of remark"), _("Field"), _("What stands there"), _("Code"), _("Explanation"),
    ]  # fmt: skip
    return workbook(_("import-errors"), columns, _problem_rows(run))


def _problem_rows(run: LedgerImport) -> Iterator[Sequence[Any]]:
    rows = run.rows.exclude(problems=[]).order_by("number").only("number", "name", "problems")
    for row in rows.iterator(chunk_size=1000):
        for found in row.problems:
            kind = _("Error") if is_error(found) else _("Hint")
            yield row.number, row.name, kind, field_name(found), found["cell"], found["code"], sentence(found)
