"""A worker's hold on an import: each chunk is its own transaction that also says how far it is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from imports.choices import THEN, UNDER_WAY, ImportState
from imports.models import Import, ImportRun

CLAIM_LASTS = timedelta(minutes=5)  # since its last sign; a chunk takes seconds
MOST_ATTEMPTS = 3


class ClaimLost(Exception):
    """Somebody else has this import now: the claim was given back while we worked."""


@dataclass(frozen=True)
class Claim:
    run_id: int
    state: ImportState
    token: uuid.UUID
    runs: type[ImportRun] = Import

    def begin(self, total: int, *, done: int = 0) -> None:
        self.update(total_rows=total, done_rows=done)

    def step(self, rows: int) -> None:
        """So many rows are done. Inside a chunk's transaction it also keeps every other worker out."""
        self.update(done_rows=F("done_rows") + rows, claimed_at=timezone.now())

    def end(self, **fields: object) -> None:
        """The step is over; raises ClaimLost when it was not ours any more."""
        self.update(state=THEN[self.state], claim=None, claimed_at=None, error="", failed_in="", **fields)

    def fail(self, error: str) -> None:
        self.update(state=ImportState.FAILED, failed_in=self.state, error=error[:400], claim=None, claimed_at=None)

    def update(self, **fields: object) -> None:
        mine = self.runs._default_manager.filter(pk=self.run_id, state=self.state, claim=self.token)
        if not mine.update(**fields):
            raise ClaimLost


def take(run_id: int, *, now: datetime, runs: type[ImportRun] = Import) -> Claim | None:
    """Claim an import that waits for a worker; None when there is nothing to do, or another has it."""
    table = runs._default_manager
    run = table.filter(pk=run_id, state__in=UNDER_WAY, claim__isnull=True).first()
    if run is None:
        return None
    token = uuid.uuid4()
    waiting = table.filter(pk=run_id, state=run.state, claim__isnull=True)
    if not waiting.update(claim=token, claimed_at=now, attempts=F("attempts") + 1):
        return None
    return Claim(run_id, ImportState(run.state), token, runs)


def sweep(*, now: datetime, runs: type[ImportRun] = Import) -> list[int]:
    """Give back what a killed worker held, give up after three times; returns the imports to ring for."""
    table = runs._default_manager
    stuck = table.filter(state__in=UNDER_WAY, claimed_at__lt=now - CLAIM_LASTS)
    error = _("The work was begun %(count)s times and never finished.") % {"count": MOST_ATTEMPTS}
    stuck.filter(attempts__gte=MOST_ATTEMPTS).update(
        failed_in=F("state"), state=ImportState.FAILED, error=error, claim=None, claimed_at=None
    )
    stuck.update(claim=None, claimed_at=None)
    waiting = table.filter(state__in=UNDER_WAY, claim__isnull=True).order_by("at", "pk")
    return list(waiting.values_list("pk", flat=True))
