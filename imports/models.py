"""A workbook on its way into the files: the upload, its rows, and the columns that were recognised before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from imports.choices import UNDER_WAY, ImportState, RowOutcome, RowState
from partnerships.models.enterprises import Enterprise

LONG_WAIT = timedelta(minutes=1)
MOST_HEADINGS = 30


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> ImportQuerySet:
        """Importing is the office's work; everyone there sees every import."""
        return self if user.is_office else self.none()


class ImportRun(models.Model):
    """A workbook that somebody brought, what was found in it, and how far it has come; one table for each kind of list.

    Each kind says who brought it in a column `by` of its own.
    """

    file = models.FileField(upload_to="imports/%Y/")
    name = models.CharField(_("file"), max_length=200)
    at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=8, choices=ImportState, default=ImportState.READING)
    failed_in = models.CharField(max_length=8, choices=ImportState, blank=True)
    error = models.CharField(max_length=400, blank=True)
    sheets = models.JSONField(default=list, blank=True, help_text="Of each sheet: name, number of rows, first rows.")
    sheet = models.PositiveSmallIntegerField(default=0)
    header_from = models.PositiveSmallIntegerField(default=1)
    header_to = models.PositiveSmallIntegerField(default=1)
    columns = models.JSONField(default=dict, blank=True, help_text="Number of the column: key of the field.")
    total_rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0, help_text="Totals, notes and repeated headings.")
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="The last sign of the worker that has it.")
    queued_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def is_too_long(self, sheet: int) -> bool:
        """Whether a sheet surely has more rows than can be imported at once, whatever stands above the headings."""
        rows: int = self.sheets[sheet]["rows"]
        return rows > settings.IMPORT_ROWS + MOST_HEADINGS

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def percent(self) -> int:
        """Progress of the step at hand, from 0 to 99; a step that is over has no bar."""
        return min(99, self.done_rows * 100 // self.total_rows) if self.total_rows else 0

    def waits_long(self, now: datetime) -> bool:
        """Queued for so long that the broker or the workers must be away."""
        return (
            self.is_under_way and self.claim is None and self.queued_at is not None and now - self.queued_at > LONG_WAIT
        )


@tracked(exclude=("done_rows", "claimed_at", "claim"))
class Import(ImportRun):
    """A list of enterprises on its way into the files."""

    by = models.ForeignKey(User, models.PROTECT, related_name="imports")

    objects = ImportQuerySet.as_manager()

    class Meta(ImportRun.Meta):
        abstract = False
        verbose_name = _("import")
        constraints = [models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known")]


class ImportLine(models.Model):
    """One row of a sheet: what it says, what it would change, and what became of it."""

    number = models.PositiveIntegerField(help_text="As the sheet counts.")
    name = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=RowOutcome)
    changes = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=RowState, default=RowState.WAITING)
    written: Any = models.JSONField(default=dict, help_text="What undoing needs: what was, and what this row left.")

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ImportRow(ImportLine):
    """A row about an enterprise: which file it means, and what it would change there."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    matched_by = models.CharField(max_length=12, blank=True)
    candidates = models.JSONField(default=list)
    enterprise = models.ForeignKey(Enterprise, models.SET_NULL, null=True, blank=True, related_name="import_rows")
    seen_version = models.PositiveIntegerField(null=True, blank=True)

    class Meta(ImportLine.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=RowOutcome.values), name="import_row_outcome_known"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="import_row_state_known"),
        ]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="import_row_by_outcome")]


@tracked()
class KnownColumns(models.Model):
    """What the columns under certain headings meant the last time somebody confirmed them."""

    signature = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the headings in order.")
    columns = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.signature[:12]
