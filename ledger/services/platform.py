"""Files for the national platform: made row by row, and marked with what the platform said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from ledger import rules
from ledger.choices import FileState, UploadState
from ledger.models.platform import PlatformFile, PlatformFileRow, PlatformRecord
from ledger.selectors import checks, platform
from ledger.selectors.records import key_of
from ledger.services.records import give_ids


@transaction.atomic
def make_file(
    numbers: Sequence[int], *, complete_only: bool, upload: str = "", filters: str = "", by: User, at: datetime
) -> PlatformFile:
    """Keep the rows of these visits as they go out today. Raises RuleBroken where no row is left."""
    rules.can_upload(by).or_raise()
    checked = checks.check(numbers, user=by, on=timezone.localdate(at), upload=upload)
    rows = checked.complete if complete_only else checked.rows
    if not rows:
        raise RuleBroken(_("There is no row to send: narrow less, or mend first what is missing."))
    file = PlatformFile.objects.create(by=by, at=at, filters=filters[:500], is_complete_only=complete_only)
    records = give_ids([row.line for row in rows])
    found = [(records[key_of(row.line)], row.cells) for row in rows]
    PlatformFileRow.objects.bulk_create(
        PlatformFileRow(file=file, record=record, number=number, cells=[record.record_id, *cells[1:]])
        for number, (record, cells) in enumerate(found, start=1)
    )
    return file


@transaction.atomic
def mark_sent(file: PlatformFile, *, refused: Iterable[str] = (), reason: str = "", by: User, at: datetime) -> None:
    """The platform took the file, but for the rows with the ids `refused`. Raises RuleBroken for ids not in it."""
    file = _unmarked(file, by=by)
    rows = list(file.rows.select_related("record"))
    named = {each.strip() for each in refused if each.strip()}
    unknown = named - {row.record.record_id for row in rows}
    if unknown:
        text = _("This file has no row with the id %(ids)s.") % {"ids": ", ".join(sorted(unknown))}
        raise RuleBroken(text, field="refused")
    if named and not reason.strip():
        raise RuleBroken(_("Say why the platform refused them."), field="reason")
    for row in rows:
        if row.record.record_id in named:
            _fail(row.record, reason, at=at)
        else:
            row.record.state, row.record.reason = UploadState.SENT, ""
            row.record.sent, row.record.state_at = platform.told(row.cells), at
    _store(file, rows, FileState.SENT, reason, by=by, at=at)


@transaction.atomic
def mark_failed(file: PlatformFile, *, reason: str, by: User, at: datetime) -> None:
    """The platform refused the whole file."""
    file = _unmarked(file, by=by)
    if not reason.strip():
        raise RuleBroken(_("Say why the platform refused it."), field="reason")
    rows = list(file.rows.select_related("record"))
    for row in rows:
        _fail(row.record, reason, at=at)
    _store(file, rows, FileState.FAILED, reason, by=by, at=at)


def _fail(record: PlatformRecord, reason: str, *, at: datetime) -> None:
    """What the platform had of the row before stays known."""
    record.state, record.reason, record.state_at = UploadState.FAILED, reason.strip()[:300], at


def _unmarked(file: PlatformFile, *, by: User) -> PlatformFile:
    """The file under a lock; said once, what became of it stays said."""
    rules.can_upload(by).or_raise()
    file = PlatformFile.objects.select_for_update().get(pk=file.pk)
    if file.state != FileState.MADE:
        text = _("%(name)s has said already what became of this file: %(state)s.")
        raise RuleBroken(text % {"name": file.marked_by, "state": file.get_state_display()})
    return file


def _store(
    file: PlatformFile, rows: Sequence[PlatformFileRow], state: FileState, reason: str, *, by: User, at: datetime
) -> None:
    records = [row.record for row in rows]
    PlatformRecord.objects.bulk_update(records, ["state", "reason", "sent", "state_at"])
    file.state, file.reason, file.marked_by, file.marked_at = state, reason.strip()[:300], by, at
    file.save()
