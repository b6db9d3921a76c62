"""Every step that a person takes with an import; a worker is rung after the commit.

The services stand above the task, since they ring it: services → tasks → working.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from imports import headings, rules
from imports.checking import compare
from imports.choices import ImportState, RowChoice, RowOutcome
from imports.headings import Place
from imports.lookups import Lookups
from imports.matching import files_with_contents
from imports.models import Import, ImportRow, KnownColumns
from imports.moving import locked, queue
from imports.planning import Wording
from imports.tasks import work
from imports.workbooks import too_many_rows
from notifications.ringing import ring
from partnerships.models.enterprises import Enterprise


@transaction.atomic
def bring_workbook(upload: UploadedFile[Any], *, by: User, at: datetime) -> Import:
    """Keep an uploaded list, and have a worker read it. The form has looked at the file (imports.workbooks.inspect)."""
    rules.can_import(by).or_raise()
    name = PurePath(upload.name or "").name
    run = Import(name=name[-200:], by=by, at=at, state=ImportState.READING, queued_at=at)
    run.file.save(f"{at:%Y%m%d%H%M%S}{PurePath(name).suffix.lower()}", upload, save=False)
    run.save()
    transaction.on_commit(partial(ring, work, run.pk))
    return run


@transaction.atomic
def choose_columns(run: Import, *, sheet: int, place: Place, columns: dict[int, str], by: User, at: datetime) -> Import:
    """Say what the columns mean, remember it for these headings, and have the rows checked.

    Raises RuleBroken when somebody was quicker, when no column holds the name, and for too many rows.
    """
    run = locked(run, ImportState.MAPPING, by=by)
    if "legal_name" not in columns.values():
        raise RuleBroken(_("Choose the column with the full registered name: without it no row can be read."))
    if len(set(columns.values())) < len(columns):
        raise RuleBroken(_("Two columns have the same meaning. Choose one of them."))
    if run.is_too_long(sheet):
        raise RuleBroken(too_many_rows())
    run.sheet, run.header_from, run.header_to = sheet, place.first, place.last
    run.columns = {str(column): key for column, key in sorted(columns.items())}
    signature = headings.signature(run.sheets[sheet]["head"], place)
    KnownColumns.objects.update_or_create(signature=signature, defaults={"columns": run.columns, "by": by, "at": at})
    return queue(run, ImportState.CHECKING, work, at=at)


@transaction.atomic
def change_columns(run: Import, *, by: User) -> Import:
    """Go back from the preview to the columns; nothing has been written."""
    run = locked(run, ImportState.CHECKED, by=by)
    run.rows.all().delete()
    run.state, run.total_rows, run.done_rows = ImportState.MAPPING, 0, 0
    run.save()
    return run


@transaction.atomic
def decide_row(row: ImportRow, *, choice: RowChoice, file: int | None, by: User) -> ImportRow:
    """Say which enterprise a row means. Raises RuleBroken when it is no such row, or the file is gone."""
    run = locked(row.run, ImportState.CHECKED, by=by)
    row = ImportRow.objects.select_for_update().get(pk=row.pk, run=run)
    if not row.candidates or row.outcome == RowOutcome.ERROR:
        raise RuleBroken(_("This row leaves nothing to choose."))
    if choice == RowChoice.SKIP:
        row.outcome, row.enterprise, row.changes, row.matched_by = RowOutcome.SKIPPED, None, [], ""
    else:
        _mean(row, _chosen(row, file) if choice == RowChoice.FILE else None)
    row.save()
    return row


def _chosen(row: ImportRow, file: int | None) -> Enterprise:
    offered = {candidate["id"] for candidate in row.candidates}
    asked = [file] if file is not None and file in offered else []
    chosen = files_with_contents(asked).filter(archived_at__isnull=True).first()
    if chosen is None:
        raise RuleBroken(_("This file is not on offer any more. Check the rows again."))
    same = ImportRow.objects.filter(run=row.run_id, enterprise=chosen).exclude(pk=row.pk).first()
    if same is not None:
        raise RuleBroken(_("Row %(number)s changes the same file. Leave one of the two out.") % {"number": same.number})
    return chosen


def _mean(row: ImportRow, file: Enterprise | None) -> None:
    """The row as if it had been matched so."""
    lookups = Lookups()
    row.problems = [found for found in row.problems if found["code"] not in ("code_missing", "code_kept")]
    compare(row, file, lookups, Wording(lookups), by="")


@transaction.atomic
def decide_all(run: Import, *, choice: RowChoice, by: User) -> int:
    """The same for every row that nobody has decided on: a new file, or left out. Returns how many."""
    run = locked(run, ImportState.CHECKED, by=by)
    if choice == RowChoice.FILE:
        raise RuleBroken(_("Which file a row means is said row by row."))
    open_rows = ImportRow.objects.filter(run=run, outcome=RowOutcome.SUSPECT)
    return open_rows.update(outcome=RowOutcome.NEW if choice == RowChoice.NEW else RowOutcome.SKIPPED)


@transaction.atomic
def confirm(run: Import, *, by: User, at: datetime) -> Import:
    """Write these rows: the one step after which files change. Raises RuleBroken when somebody was quicker."""
    run = locked(run, ImportState.CHECKED, by=by)
    if not run.rows.filter(outcome__in=(RowOutcome.NEW, RowOutcome.CHANGED)).exists():
        raise RuleBroken(_("There is nothing to write."))
    run.confirmed_by, run.confirmed_at = by, at
    return queue(run, ImportState.WRITING, work, at=at)


@transaction.atomic
def undo(run: Import, *, by: User, at: datetime) -> Import:
    """Take the import back, as far as nobody touched the files since."""
    run = locked(run, ImportState.WRITTEN, by=by)
    run.undone_by = by
    return queue(run, ImportState.UNDOING, work, at=at)


@transaction.atomic
def try_again(run: Import, *, by: User, at: datetime) -> Import:
    """Go on where an import stopped; what was written stays written."""
    run = locked(run, ImportState.FAILED, by=by)
    run.error = ""
    return queue(run, ImportState(run.failed_in), work, at=at)
