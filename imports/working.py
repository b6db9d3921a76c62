"""What a worker does with an import that waits: the step it waits for, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from core.errors import RuleBroken
from imports import claims
from imports.checking import check_rows, read_outline
from imports.choices import ImportState
from imports.claims import Claim, ClaimLost
from imports.models import Import
from imports.undoing import undo_rows
from imports.writing import write_rows
from notifications.choices import Matter
from notifications.services.notifying import notify

STEPS: dict[ImportState, Callable[[Import, Claim], None]] = {
    ImportState.READING: read_outline,
    ImportState.CHECKING: check_rows,
    ImportState.WRITING: write_rows,
    ImportState.UNDOING: undo_rows,
}


def work(run_id: int, *, now: datetime) -> bool:
    """Do the step that an import waits for; False when it is not ours to do, or could not be done."""
    claim = claims.take(run_id, now=now)
    if claim is None:
        return False
    run = Import.objects.select_related("by", "confirmed_by", "undone_by").get(pk=run_id)
    try:
        with translation.override(run.by.language):
            _do(run, claim)
    except ClaimLost:
        return False
    _tell(run, at=timezone.now())
    return True


def _tell(run: Import, *, at: datetime) -> None:
    """Whoever asked for rows to be written or undone hears that it is over, or what stopped it."""
    run.refresh_from_db()
    asked_by = run.undone_by or run.confirmed_by
    if asked_by is None or run.is_under_way:
        return
    notify(
        asked_by,
        key=f"import:{run.pk}:{run.state}:{at:%Y%m%dT%H%M%S}",
        matter=Matter.ENTERPRISE,
        template="emails/imports/over.txt",
        context={"name": run.name, "state": run.state, "error": run.error},
        link=reverse("imports:import", args=[run.pk]),
        at=at,
    )


def _do(run: Import, claim: Claim) -> None:
    """A file that cannot be read stops the import, and whoever brought it reads why; anything else is a bug."""
    try:
        STEPS[claim.state](run, claim)
    except RuleBroken as refusal:
        claim.fail(str(refusal))
