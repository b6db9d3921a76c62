"""An import taken back: every file that nobody touched since is as it was before, and the others are named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pghistory
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from imports.checking import CHUNK
from imports.choices import RowState
from imports.claims import Claim
from imports.models import Import, ImportRow
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import DERIVED_NAMES, Enterprise, FormerName
from partnerships.models.links import ProposedChange
from partnerships.models.needs import Need
from partnerships.models.notes import Note
from partnerships.models.timeline import TimelineEntry


def undo_rows(run: Import, claim: Claim) -> None:
    """Undo what was written; begun again, it goes on where it was stopped."""
    written = ImportRow.objects.filter(run=run, written__has_key="created")
    claim.begin(written.count(), done=written.exclude(state=RowState.WRITTEN).count())
    while True:
        with transaction.atomic(), pghistory.context(user=run.undone_by_id, url=f"imports/{run.pk}"):
            rows = list(written.filter(state=RowState.WRITTEN).order_by("number")[:CHUNK])
            claim.step(len(rows))
            if rows:
                Undoing(run, rows, at=timezone.now()).undo()
        if not rows:
            break
    claim.end(undone_at=timezone.now())


class Undoing:
    """Undoes one chunk. Call inside a transaction."""

    def __init__(self, run: Import, rows: Sequence[ImportRow], *, at: datetime) -> None:
        self.run, self.rows, self.at = run, rows, at
        pks = sorted(row.enterprise_id for row in rows if row.enterprise_id)
        locked = Enterprise.objects.select_for_update().filter(pk__in=pks).order_by("pk").defer("search")
        self.files = {file.pk: file for file in locked}
        self.people = self._written(Contact, "contact")
        self.needs = self._written(Need, "need")
        self.remembered = self._remembered()
        self.told = self._told_since(pks)

    def _written(self, model: type[models.Model], part: str) -> dict[int, Any]:
        pks = [row.written[part]["id"] for row in self.rows if part in row.written]
        return {record.pk: record for record in model._default_manager.select_for_update().filter(pk__in=pks)}

    def _remembered(self) -> set[int]:
        """Contacts of whom somebody wrote something since."""
        found: set[int] = set()
        for model in (Note, ProposedChange):
            found |= set(model._default_manager.filter(contact__in=self.people).values_list("contact", flat=True))
        return found

    def _told_since(self, pks: list[int]) -> set[int]:
        """New files around which anything happened since: the timeline tells, for every app."""
        others = TimelineEntry.objects.filter(enterprise__in=pks).exclude(kind=TimelineKind.IMPORTED)
        return set(others.order_by().values_list("enterprise", flat=True))

    def undo(self) -> None:
        undone = [row for row in self.rows if self._is_untouched(row)]
        chosen = {row.pk for row in undone}
        for row in self.rows:
            row.state = RowState.UNDONE if row.pk in chosen else RowState.STAYED
        self._files(undone)
        self._links(undone)
        self._people(undone)
        self._needs(undone)
        entries = [
            TimelineEntry(
                enterprise_id=row.enterprise_id or 0, kind=TimelineKind.IMPORT_UNDONE, by=self.run.undone_by,
                at=self.at, text=self.run.name[:400],
            )
            for row in undone
        ]  # fmt: skip
        TimelineEntry.objects.bulk_create(entries)
        ImportRow.objects.bulk_update(self.rows, ["state"])

    def _is_untouched(self, row: ImportRow) -> bool:
        """The file, its contact and its need are as the import left them."""
        file = self.files.get(row.enterprise_id or 0)
        if file is None or file.archived_at or file.version != row.written["version"]:
            return False
        if row.written["created"] and file.pk in self.told:
            return False
        return self._is_same(row, "contact", self.people) and self._is_same(row, "need", self.needs)

    def _is_same(self, row: ImportRow, part: str, records: dict[int, Any]) -> bool:
        if part not in row.written:
            return True
        written = row.written[part]
        record = records.get(written["id"])
        if record is None or record.pk in (self.remembered if part == "contact" else ()):
            return False
        if part == "need" and record.version != written["version"]:
            return False
        return all(_plain(getattr(record, name)) == value for name, value in written["after"].items())

    def _files(self, undone: list[ImportRow]) -> None:
        files, touched = [], {"version", "updated_at", "archived_at", *DERIVED_NAMES}
        for row in undone:
            file = self.files[row.enterprise_id or 0]
            if row.written["created"]:
                file.archived_at = self.at
            for name, value in ({} if row.written["created"] else row.written["before"]).items():
                setattr(file, name, _as_column(file, name, value))
                touched.add(name.removesuffix("_id"))
            file.version += 1
            file.updated_at = self.at
            file.derive_names()
            files.append(file)
        if files:
            Enterprise.objects.bulk_update(files, sorted(touched))

    def _links(self, undone: list[ImportRow]) -> None:
        """Flags and former names that the rows added to files which stay."""
        flags, names = Q(pk__in=[]), Q(pk__in=[])
        for row in undone:
            if not row.written["created"]:
                if row.written["flags"]:
                    flags |= Q(enterprise=row.enterprise_id, flag__in=row.written["flags"])
                if row.written["former_names"]:
                    names |= Q(enterprise=row.enterprise_id, name__in=row.written["former_names"])
        through: Any = Enterprise.flags.through
        through.objects.filter(flags).delete()
        FormerName.objects.filter(names).delete()

    def _people(self, undone: list[ImportRow]) -> None:
        new, old = self._split(undone, "contact", self.people)
        Contact.objects.filter(pk__in=[person.pk for person in new]).delete()
        if old:
            Contact.objects.bulk_update(old, ["title", "department", "phone", "landline", "email", "wechat"])

    def _needs(self, undone: list[ImportRow]) -> None:
        new, old = self._split(undone, "need", self.needs)
        through: Any = Need.majors.through
        majors = Q(pk__in=[])
        for row in undone:
            if "need" in row.written and not row.written["need"]["created"] and row.written["need"]["majors"]:
                majors |= Q(need=row.written["need"]["id"], major__in=row.written["need"]["majors"])
        through.objects.filter(majors).delete()
        Need.objects.filter(pk__in=[need.pk for need in new]).delete()
        for need in old:
            need.version, need.updated_at = need.version + 1, self.at
        if old:
            Need.objects.bulk_update(old, ["headcount", "monthly_pay", "wanted_by", "version", "updated_at"])

    def _split(self, undone: list[ImportRow], part: str, records: dict[int, Any]) -> tuple[list[Any], list[Any]]:
        """Those that the rows made, and those that they changed, with their old values back."""
        new: list[Any] = []
        old: list[Any] = []
        for row in undone:
            if part not in row.written:
                continue
            written = row.written[part]
            record = records[written["id"]]
            for name, value in written["before"].items():
                setattr(record, name, _as_column(record, name, value))
            (new if written["created"] else old).append(record)
        return new, old


def _as_column(record: models.Model, name: str, value: Any) -> Any:
    """What JSON kept of a column, as the column holds it."""
    column: Any = record._meta.get_field(name.removesuffix("_id"))
    return column.to_python(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
