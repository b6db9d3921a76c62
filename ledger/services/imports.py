"""Every step that a person takes with a ledger of past visits; a worker is rung after the commit.

Like in imports the services stand above the task, since they ring it: services → tasks → working.
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
from imports.choices import ImportState, RowOutcome
from imports.headings import Place
from imports.models import KnownColumns
from imports.moving import locked, queue
from imports.workbooks import too_many_rows
from ledger.models.imports import LedgerImport
from ledger.past.columns import KIND
from ledger.tasks import work
from notifications.ringing import ring

NEEDED = ("legal_name", "day")


@transaction.atomic
def bring_ledger(upload: UploadedFile[Any], *, by: User, at: datetime) -> LedgerImport:
    """Keep an uploaded ledger, and have a worker read it; the form has looked at the file (imports.workbooks)."""
    rules.can_import(by).or_raise()
    name = PurePath(upload.name or "").name
    run = LedgerImport(name=name[-200:], by=by, at=at, state=ImportState.READING, queued_at=at)
    run.file.save(f"ledger-{at:%Y%m%d%H%M%S}{PurePath(name).suffix.lower()}", upload, save=False)
    run.save()
    transaction.on_commit(partial(ring, work, run.pk))
    return run


@transaction.atomic
def choose_columns(
    run: LedgerImport, *, sheet: int, place: Place, columns: dict[int, str], by: User, at: datetime
) -> LedgerImport:
    """Say what the columns mean, remember it for these headings, and have the rows checked.

    Raises RuleBroken when somebody was quicker, when no column holds the enterprise or the date, and for too many rows.
    """
    run = locked(run, ImportState.MAPPING, by=by)
    if any(key not in columns.values() for key in NEEDED):
        raise RuleBroken(_("Choose the columns with the enterprise and the date: without them no row can be read."))
    if len(set(columns.values())) < len(columns):
        raise RuleBroken(_("Two columns have the same meaning. Choose one of them."))
    if run.is_too_long(sheet):
        raise RuleBroken(too_many_rows())
    run.sheet, run.header_from, run.header_to = sheet, place.first, place.last
    run.columns = {str(column): key for column, key in sorted(columns.items())}
    signature = headings.signature(run.sheets[sheet]["head"], place, KIND)
    KnownColumns.objects.update_or_create(signature=signature, defaults={"columns": run.columns, "by": by, "at": at})
    return queue(run, ImportState.CHECKING, work, at=at)


@transaction.atomic
def change_columns(run: LedgerImport, *, by: User) -> LedgerImport:
    """Go back from the preview to the columns; nothing has been written."""
    run = locked(run, ImportState.CHECKED, by=by)
    run.rows.all().delete()
    run.state, run.total_rows, run.done_rows = ImportState.MAPPING, 0, 0
    run.save()
    return run


@transaction.atomic
def confirm(run: LedgerImport, *, by: User, at: datetime) -> LedgerImport:
    """Write these rows: the one step after which there are visits. Raises RuleBroken when somebody was quicker."""
    run = locked(run, ImportState.CHECKED, by=by)
    if not run.rows.filter(outcome__in=(RowOutcome.NEW, RowOutcome.CHANGED)).exists():
        raise RuleBroken(_("There is nothing to write."))
    run.confirmed_by, run.confirmed_at = by, at
    return queue(run, ImportState.WRITING, work, at=at)


@transaction.atomic
def undo(run: LedgerImport, *, by: User, at: datetime) -> LedgerImport:
    """Take the import back, as far as nobody touched the visits since."""
    run = locked(run, ImportState.WRITTEN, by=by)
    run.undone_by = by
    return queue(run, ImportState.UNDOING, work, at=at)


@transaction.atomic
def try_again(run: LedgerImport, *, by: User, at: datetime) -> LedgerImport:
    """Go on where an import stopped; what was written stays written."""
    run = locked(run, ImportState.FAILED, by=by)
    run.error = ""
    return queue(run, ImportState(run.failed_in), work, at=at)
