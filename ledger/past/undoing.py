"""A ledger taken back: visits that nobody touched since go, with the files that it opened; the others are named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import pghistory
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from core.saving import save
from imports.choices import RowState
from imports.claims import Claim
from ledger.models.imports import LedgerImport, LedgerImportRow
from ledger.past import comparing
from ledger.past.writing import parts_of
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry
from partnerships.services import timeline
from visits.models.visits import Visit

CHUNK = 20
PARTS = {"participants", "outcomes", "intentions", "moves", "ledger_rows", "topics", "campaigns", "colleges"}
# What an import itself leaves on a file that it opened.
OWN = {"timeline", "former_names", "visits"}


def undo_rows(run: LedgerImport, claim: Claim) -> None:
    """Undo what was written, the last visit first; begun again, it goes on where it was stopped."""
    written = LedgerImportRow.objects.filter(run=run, written__has_key="created")
    claim.begin(written.count(), done=written.exclude(state=RowState.WRITTEN).count())
    while True:
        with transaction.atomic(), pghistory.context(user=run.undone_by_id, url=f"ledger/imports/{run.pk}"):
            waiting = written.filter(state=RowState.WRITTEN)
            leads = list(waiting.order_by("-lead").values_list("lead", flat=True).distinct()[:CHUNK])
            rows = list(waiting.filter(lead__in=leads).order_by("lead", "number"))
            claim.step(len(rows))
            for lead in leads:
                _undo(run, [row for row in rows if row.lead == lead], at=timezone.now())
            LedgerImportRow.objects.bulk_update(rows, ["state"])
        if not rows:
            break
    claim.end(undone_at=timezone.now())


def _undo(run: LedgerImport, rows: list[LedgerImportRow], *, at: datetime) -> None:
    """The rows of one visit, all or none."""
    visit = Visit.objects.select_for_update().filter(pk=rows[0].visit_id or 0).first()
    was_made = any(row.written["created"] for row in rows)
    done = visit is not None and (_remove(visit, rows, at=at) if was_made else _restore(visit, rows))
    for row in rows:
        row.state = RowState.UNDONE if done else RowState.STAYED
    if done and rows[0].enterprise is not None:
        timeline.record(
            rows[0].enterprise, TimelineKind.IMPORT_UNDONE, by=run.undone_by or run.by, at=at, text=run.name[:400]
        )


def _remove(visit: Visit, rows: list[LedgerImportRow], *, at: datetime) -> bool:
    """Delete a visit that is as it was written; what the timeline tells of it leads nowhere any more."""
    made = next(row for row in rows if row.written["created"])
    if visit.version != made.written["version"] or parts_of(visit) != made.written["parts"]:
        return False
    if _hangs_on(visit, PARTS):
        return False
    link = reverse("visits:visit", args=[visit.pk])
    try:
        with transaction.atomic():
            visit.delete()
    except models.ProtectedError:
        return False
    TimelineEntry.objects.filter(enterprise=made.enterprise_id, link=link).update(link="")
    if "opened" in made.written:
        _close(made, at=at)
    return True


def _close(row: LedgerImportRow, *, at: datetime) -> None:
    """Archive the file that this row opened, unless somebody works with it."""
    file = Enterprise.objects.select_for_update().filter(pk=row.enterprise_id or 0, archived_at=None).first()
    if file is None or file.version != row.written["opened"] or file.visits.exists() or _hangs_on(file, OWN):
        return
    file.archived_at = at
    save(file)


def _restore(visit: Visit, rows: list[LedgerImportRow]) -> bool:
    """Give a visit back what it said before."""
    if visit.version != rows[0].written["version"] or not all(comparing.stands(visit, row.changes) for row in rows):
        return False
    for row in rows:
        comparing.take_back(visit, row.changes)
    save(visit)
    return True


def _hangs_on(record: models.Model, own: Collection[str]) -> bool:
    """Whether anything points at a record besides what the import wrote: found in the tables, so no app is imported."""
    pointing = {relation.get_accessor_name(): relation for relation in record._meta.related_objects}
    linked = [field.name for field in record._meta.many_to_many if field.name not in own]
    return any(getattr(record, name).exists() for name in linked) or any(
        relation.related_model._default_manager.filter(**{relation.field.name: record}).exists()
        for name, relation in pointing.items()
        if name not in own and name != "history"
    )
