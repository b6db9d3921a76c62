"""Confirmed rows become visits, quietly: each visit is whole or not there, and its rows say which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from imports.choices import RowOutcome, RowState
from imports.claims import Claim
from imports.matching import Matching
from imports.parsing import Parsed
from imports.problems import problem
from ledger.models.imports import LedgerImport, LedgerImportRow
from ledger.past import comparing
from ledger.past.checking import visits_at
from ledger.past.recording import record
from notifications.services.quietly import quiet
from partnerships.changes import Change
from partnerships.choices.timeline import TimelineKind
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from partnerships.services.enterprises import add_enterprise
from visits.models.visits import Visit
from visits.services import telling

WRITES = (RowOutcome.NEW, RowOutcome.CHANGED)
CHUNK = 20  # visits; each takes some twenty queries
ONE_WRITER = 0x1ED6E2  # two ledgers that are written at once must not open one enterprise or one visit twice


def write_rows(run: LedgerImport, claim: Claim) -> None:
    """Write what was confirmed; begun again, it goes on where it was stopped."""
    rows = LedgerImportRow.objects.filter(run=run, outcome__in=WRITES)
    claim.begin(rows.count(), done=rows.exclude(state=RowState.WAITING).count())
    while _write_next(run, claim):
        continue
    claim.end(written_at=timezone.now())


def _write_next(run: LedgerImport, claim: Claim) -> bool:
    """One chunk of visits with all their rows."""
    with transaction.atomic(), quiet(), pghistory.context(user=run.confirmed_by_id, url=f"ledger/imports/{run.pk}"):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_WRITER])
        waiting = LedgerImportRow.objects.filter(run=run, outcome__in=WRITES, state=RowState.WAITING)
        leads = list(waiting.order_by("lead").values_list("lead", flat=True).distinct()[:CHUNK])
        rows = list(waiting.filter(lead__in=leads).order_by("lead", "number"))
        claim.step(len(rows))
        writing = Writing(run, at=timezone.now())
        for _lead, group in groupby(rows, key=lambda row: row.lead):
            writing.write(list(group))
        LedgerImportRow.objects.bulk_update(rows, ["state", "enterprise", "visit", "written", "problems"])
    return bool(rows)


class Writing:
    """Writes one visit after the other. Call inside a transaction."""

    def __init__(self, run: LedgerImport, *, at: datetime) -> None:
        self.run, self.at = run, at
        self.by: User = run.confirmed_by or run.by
        self.matching = Matching()

    def write(self, rows: Sequence[LedgerImportRow]) -> None:
        """The rows of one visit; what a rule refuses leaves nothing behind but its reason."""
        try:
            with transaction.atomic():
                if rows[0].outcome == RowOutcome.NEW:
                    self._record(rows)
                else:
                    self._change(rows)
        except (RuleBroken, ValidationError) as refusal:
            text = "; ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
            for row in rows:
                row.state, row.written = RowState.LEFT, {}
                row.problems = [*row.problems, problem("", "refused", "", text)]

    def _record(self, rows: Sequence[LedgerImportRow]) -> None:
        """A new visit, unless one was entered since the preview."""
        lead = rows[0]
        match = self.matching.find([Parsed(lead.values)], similar=False)[0]
        file, on = match.file, date.fromisoformat(lead.values["day"])
        if match.candidates or (file is not None and visits_at({file.pk}, {on})):
            self._leave(rows)
            return
        opened = file is None
        if file is None:
            file = self._open(lead.values)
        visit = record(file, _together(rows), on=on, by=self.by, at=self.at)
        for row in rows:
            row.state, row.enterprise, row.visit = RowState.WRITTEN, file, visit
            row.written = {"created": row is lead}
        lead.written |= {"version": visit.version, "parts": parts_of(visit)}
        if opened:
            lead.written |= {"opened": file.version}

    def _open(self, values: dict[str, Any]) -> Enterprise:
        fields: dict[str, Any] = {
            name: values[name] for name in ("legal_name", "credit_code", "city") if name in values
        }
        if "province" in values:
            fields["province"] = Province.objects.get(pk=values["province"])
        return add_enterprise(by=self.by, at=self.at, fields=fields)

    def _change(self, rows: Sequence[LedgerImportRow]) -> None:
        """What the preview showed, unless somebody changed the visit since."""
        seen = {row.written.get("seen") for row in rows}
        found = Visit.objects.filter(pk=rows[0].visit_id or 0, version__in=seen).first()
        if found is None:
            self._leave(rows)
            return
        visit = lock(found)
        for row in rows:
            comparing.apply(visit, row.changes)
            row.state = RowState.WRITTEN
        save(visit)
        told = [_as_told(change) for row in rows for change in row.changes]
        telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=self.by, at=self.at, changes=told)
        for row in rows:
            row.written = {"created": False, "version": visit.version}

    def _leave(self, rows: Sequence[LedgerImportRow]) -> None:
        for row in rows:
            row.state, row.written = RowState.LEFT, {}


def _together(rows: Sequence[LedgerImportRow]) -> dict[str, Any]:
    """What the rows of one visit say together: each its majors, the first of them everything else."""
    said: dict[str, Any] = {}
    for row in rows:
        for key, value in row.values.items():
            if key in ("offers", "intentions"):
                said[key] = [*said.get(key, []), *(each for each in value if each not in said.get(key, []))]
            else:
                said.setdefault(key, value)
    return said


def parts_of(visit: Visit) -> dict[str, int]:
    """How much hangs on a visit, to tell later whether anybody added to it."""
    return {name: getattr(visit, name).count() for name in ("participants", "outcomes", "intentions", "moves")}


def _as_told(change: comparing.RowChange) -> Change:
    """A change as the timeline keeps it."""
    model = "visits.Visit" if change["major"] is None else "visits.Outcome"
    name = "major" if change["field"] == "majors" else change["field"]
    after = change["about"] if change["field"] == "majors" else change["after"]
    before = "" if change["before"] is None else change["before"]
    return Change(model=model, field=name, before=before, after=after)
