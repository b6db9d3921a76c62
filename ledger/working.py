"""What a worker does with a ledger that waits: the step it waits for, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone, translation

from core.errors import RuleBroken
from imports import claims
from imports.checking import read_outline
from imports.choices import ImportState
from imports.claims import Claim, ClaimLost
from ledger.models.imports import LedgerImport
from ledger.past.checking import check_rows
from ledger.past.columns import VISITS
from ledger.past.undoing import undo_rows
from ledger.past.writing import write_rows
from notifications.choices import Matter
from notifications.services.notifying import notify

STEPS: dict[ImportState, Callable[[LedgerImport, Claim], None]] = {
    ImportState.READING: partial(read_outline, words=VISITS),
    ImportState.CHECKING: check_rows,
    ImportState.WRITING: write_rows,
    ImportState.UNDOING: undo_rows,
}


def work(run_id: int, *, now: datetime) -> bool:
    """Do the step that a ledger waits for; False when it is not ours to do, or could not be done."""
    claim = claims.take(run_id, now=now, runs=LedgerImport)
    if claim is None:
        return False
    run = LedgerImport.objects.select_related("by", "confirmed_by", "undone_by").get(pk=run_id)
    try:
        with translation.override(run.by.language):
            STEPS[claim.state](run, claim)
    except ClaimLost:
        return False
    except RuleBroken as refusal:
        claim.fail(str(refusal))
    _tell(run, at=timezone.now())
    return True


def sweep(*, now: datetime) -> list[int]:
    """Ledgers to ring for again: what a stopped broker or a killed worker left behind."""
    return claims.sweep(now=now, runs=LedgerImport)


def _tell(run: LedgerImport, *, at: datetime) -> None:
    """Whoever asked for rows to be written or undone hears that it is over, or what stopped it; nobody else does."""
    run.refresh_from_db()
    asked_by = run.undone_by or run.confirmed_by
    if asked_by is None or run.is_under_way:
        return
    notify(
        asked_by,
        key=f"ledger_import:{run.pk}:{run.state}:{at:%Y%m%dT%H%M%S}",
        matter=Matter.ENTERPRISE,
        template="emails/imports/over.txt",
        context={"name": run.name, "state": run.state, "error": run.error},
        link=reverse("ledger:import", args=[run.pk]),
        at=at,
    )
