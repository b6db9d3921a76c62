"""The two workbooks that the office gets: an empty one to fill in, and what is wrong with the rows of one."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from exporting.files import workbook
from exporting.writing.workbooks import OPTIONS, XLSX
from imports.fields import FIELDS
from imports.lookups import Lookups
from imports.models import Import
from imports.problems import field_name, is_error, sentence
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.needs import NeedKind

WIDTH = 18


def template() -> FileResponse:
    """Headings in the reader's language, and on a second sheet the words that the code lists know."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {**OPTIONS, "constant_memory": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(_("Enterprises"))
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(FIELDS):
        sheet.set_column(column, column, 36 if column == 0 else WIDTH, text)  # text, so that no code loses digits
        sheet.write_string(0, column, field.heading, bold)
    words = book.add_worksheet(_("Code lists"))
    for column, (heading, entries) in enumerate(_code_lists()):
        words.set_column(column, column, 36)
        words.write_string(0, column, heading, bold)
        words.write_column(1, column, entries)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("Enterprises to import") + ".xlsx", content_type=XLSX)


def _code_lists() -> Iterator[tuple[str, list[str]]]:
    lookups = Lookups()
    by_key = {field.key: field.heading for field in FIELDS}
    yield by_key["nature"], [f"{entry.code} {entry}" for entry in lookups.natures if entry.is_active]
    yield by_key["industry"], [f"{entry.code} {entry}" for entry in lookups.industries if entry.is_active]
    yield by_key["province"], [str(entry) for entry in lookups.provinces]
    yield by_key["level"], [str(level.label) for level in EnterpriseLevel]
    yield by_key["flags"], [str(entry) for entry in lookups.flags if entry.is_active]
    yield by_key["need_kind"], [str(kind.label) for kind in NeedKind]
    yield by_key["need_majors"], [str(entry) for entry in lookups.majors]


def problem_workbook(run: Import) -> FileResponse:
    """A line for everything that was said of a row: where, which field, what stands there, the code and the reason."""
    columns = [
        _("Row"),
        _("Enterprise"),
        _("Kind of remark"),
        _("Field"),
        _("What stands there"),
        _("Code"),
        _("Explanation"),
    ]
    return workbook(_("import-errors"), columns, _problem_rows(run))


def _problem_rows(run: Import) -> Iterator[Sequence[Any]]:
    rows = run.rows.exclude(problems=[]).order_by("number").only("number", "name", "problems")
    for row in rows.iterator(chunk_size=1000):
        for found in row.problems:
            kind = _("Error") if is_error(found) else _("Hint")
            yield row.number, row.name, kind, field_name(found), found["cell"], found["code"], sentence(found)
