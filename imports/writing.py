"""Confirmed rows become files, in chunks: each is one transaction, and says of its rows that they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from imports.checking import CHUNK
from imports.choices import RowOutcome, RowState
from imports.claims import Claim
from imports.lookups import Lookups
from imports.matching import Matching, files_with_contents
from imports.models import Import, ImportRow
from imports.parsing import Parsed
from imports.planning import Plan, Wording, plan
from partnerships.changes import Change, raw
from partnerships.choices.needs import NeedSource
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import DERIVED_NAMES, Enterprise, FormerName
from partnerships.models.needs import Need
from partnerships.models.timeline import TimelineEntry

WRITES = (RowOutcome.NEW, RowOutcome.CHANGED)
MOST_TRIES = 3


def write_rows(run: Import, claim: Claim) -> None:
    """Write what was confirmed; begun again, it goes on where it was stopped."""
    rows = ImportRow.objects.filter(run=run, outcome__in=WRITES)
    claim.begin(rows.count(), done=rows.exclude(state=RowState.WAITING).count())
    world = World(Lookups(), Matching())
    while _write_next(run, claim, world):
        continue
    claim.end(written_at=timezone.now())


@dataclass(frozen=True)
class World:
    """What is read once for all chunks."""

    lookups: Lookups
    matching: Matching


def _write_next(run: Import, claim: Claim, world: World, *, tries: int = 1) -> bool:
    """One chunk; again where a colleague opened the same file at the same moment."""
    try:
        with transaction.atomic(), pghistory.context(user=run.confirmed_by_id, url=f"imports/{run.pk}"):
            waiting = ImportRow.objects.filter(run=run, outcome__in=WRITES, state=RowState.WAITING)
            rows = list(waiting.order_by("number")[:CHUNK])
            claim.step(len(rows))
            Writing(run, world, at=timezone.now()).write(rows)
    except IntegrityError:
        if tries == MOST_TRIES:
            raise
        return _write_next(run, claim, world, tries=tries + 1)
    return bool(rows)


class Writing:
    """Writes one chunk. Call inside a transaction."""

    def __init__(self, run: Import, world: World, *, at: datetime) -> None:
        self.run, self.lookups, self.matching, self.at = run, world.lookups, world.matching, at
        self.wording = Wording(world.lookups)
        self.by = run.confirmed_by or run.by
        self.plans: list[tuple[ImportRow, Enterprise, Plan]] = []

    def write(self, rows: Sequence[ImportRow]) -> None:
        self._plan_new([row for row in rows if row.outcome == RowOutcome.NEW])
        self._plan_changed([row for row in rows if row.outcome == RowOutcome.CHANGED])
        self._tell()  # before the files change, since it says what they were
        self._files()
        self._links()
        self._contacts()
        self._needs()
        for row, file, _plan in self.plans:
            row.written["version"] = file.version
        TimelineEntry.objects.bulk_create(self.entries)
        ImportRow.objects.bulk_update(rows, ["state", "enterprise", "written"])

    def _plan_new(self, rows: list[ImportRow]) -> None:
        """New files, unless one was opened since the preview."""
        wanted = [row for row in rows if not row.candidates]
        matches = self.matching.find([Parsed(row.values) for row in wanted], similar=False)
        taken = {row.pk for row, match in zip(wanted, matches, strict=True) if match.file or match.candidates}
        for row in rows:
            if row.pk in taken or self._code_is_taken(row):
                row.state = RowState.LEFT
                continue
            file = Enterprise(version=0, confirmed_at=self.at, confirmed_by=self.by)
            self._take(row, file, plan(row.values, file, self.lookups), created=True)

    def _code_is_taken(self, row: ImportRow) -> bool:
        """Of a row that a person decided on, whose name may be on file."""
        code = row.values.get("credit_code", "")
        return bool(row.candidates and code and Enterprise.objects.current().filter(credit_code=code).exists())

    def _plan_changed(self, rows: list[ImportRow]) -> None:
        """Files that are still as the preview showed them."""
        pks = sorted(row.enterprise_id for row in rows if row.enterprise_id)
        list(Enterprise.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))
        files = {file.pk: file for file in files_with_contents(pks)}
        for row in rows:
            file = files.get(row.enterprise_id or 0)
            if file is None or file.archived_at or file.version != row.seen_version:
                row.state = RowState.LEFT
                continue
            found = plan(row.values, file, self.lookups, by=row.matched_by)
            if self.wording.changes(found, file) == row.changes:
                self._take(row, file, found, created=False)
            else:
                row.state = RowState.LEFT

    def _take(self, row: ImportRow, file: Enterprise, found: Plan, *, created: bool) -> None:
        row.state = RowState.WRITTEN
        row.written = {"created": created, "before": {name: raw(file, name) for name in found.columns}}
        self.plans.append((row, file, found))

    def _tell(self) -> None:
        """One entry for each file, with what was and what is."""
        link = reverse("imports:import", args=[self.run.pk])
        self.entries = []
        for row, file, found in self.plans:
            changes: list[Change] = [] if row.written["created"] else self.wording.changes(found, file)
            self.entries.append(
                TimelineEntry(
                    enterprise=file, kind=TimelineKind.IMPORTED, by=self.by, at=self.at, text=self.run.name[:400],
                    link=link, changes=changes,
                )
            )  # fmt: skip

    def _files(self) -> None:
        touched: set[str] = set()
        for _row, file, found in self.plans:
            for name, value in found.columns.items():
                setattr(file, name, value)
            file.version += 1
            file.updated_at = self.at
            file.derive_names()
            touched |= set(found.columns)
        new = [file for row, file, _plan in self.plans if row.written["created"]]
        old = [file for row, file, _plan in self.plans if not row.written["created"]]
        Enterprise.objects.bulk_create(new)
        for row, file, _plan in self.plans:
            row.enterprise = file
        if old:
            columns = [name.removesuffix("_id") for name in touched]
            Enterprise.objects.bulk_update(old, [*columns, "version", "updated_at", *DERIVED_NAMES])

    def _links(self) -> None:
        through: Any = Enterprise.flags.through
        flags, names = [], []
        for row, file, found in self.plans:
            flags += [through(enterprise_id=file.pk, flag_id=pk) for pk in found.flags]
            names += [FormerName(enterprise=file, name=name) for name in found.former_names]
            row.written |= {"flags": found.flags, "former_names": found.former_names}
        through.objects.bulk_create(flags, ignore_conflicts=True)
        FormerName.objects.bulk_create(names)

    def _contacts(self) -> None:
        new: list[tuple[ImportRow, Contact]] = []
        old: list[Contact] = []
        for row, file, found in self.plans:
            if not found.contact_columns:
                continue
            person = found.contact or Contact(enterprise=file, known_by=None)
            row.written["contact"] = _written(person, found.contact_columns)
            for name, value in found.contact_columns.items():
                setattr(person, name, value)
            if person.pk:
                old.append(person)
            else:
                new.append((row, person.confirm(by=self.by, at=self.at)))
        Contact.objects.bulk_create([person for _row, person in new])
        for row, person in new:
            row.written["contact"]["id"] = person.pk
        if old:
            Contact.objects.bulk_update(old, ["title", "department", "phone", "landline", "email", "wechat"])

    def _needs(self) -> None:
        new: list[tuple[ImportRow, Need]] = []
        old: list[Need] = []
        for row, file, found in self.plans:
            if not found.need_columns and not found.need_majors:
                continue
            fresh = Need(enterprise=file, version=0, owner=self.by, source=NeedSource.STAFF)
            need = found.need or fresh.confirm(by=self.by, at=self.at)
            row.written["need"] = {**_written(need, found.need_columns), "majors": found.need_majors}
            for name, value in found.need_columns.items():
                setattr(need, name, value)
            need.version, need.updated_at = need.version + 1, self.at
            row.written["need"]["version"] = need.version
            (old.append(need) if need.pk else new.append((row, need)))
        Need.objects.bulk_create([need for _row, need in new])
        for row, need in new:
            row.written["need"]["id"] = need.pk
        if old:
            Need.objects.bulk_update(old, ["headcount", "monthly_pay", "wanted_by", "version", "updated_at"])
        through: Any = Need.majors.through
        pairs = [
            through(need_id=row.written["need"]["id"], major_id=pk)
            for row, _file, found in self.plans
            for pk in found.need_majors
        ]
        through.objects.bulk_create(pairs, ignore_conflicts=True)


def _written(record: Any, columns: dict[str, Any]) -> dict[str, Any]:
    """What undoing must know of a contact or a need: whether it is new, what was there, and what is there now."""
    before = {} if record.pk is None else {name: raw(record, name) for name in columns}
    after = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in columns.items()}
    return {"id": record.pk, "created": record.pk is None, "before": before, "after": after}
