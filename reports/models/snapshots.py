"""Figures as they stood, with the rows that they counted; what is kept is never changed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.names import in_language
from reports.choices import SnapshotReason

FIXED = pgtrigger.Protect(name="is_never_changed", operation=pgtrigger.Update | pgtrigger.Delete)


class RowSet(models.Model):
    """The rows behind a number (reports.row_sets); rows that stay the same are kept once, however often counted."""

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of keys and amounts in order.")
    packed = models.BinaryField()

    class Meta:
        triggers = [FIXED]

    def __str__(self) -> str:
        return self.digest


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def of(self, figure: str, about: str) -> SnapshotQuerySet:
        """Of one figure in one scope, newest first."""
        return self.filter(figure=figure, about=about).order_by("-taken_at", "-pk")


class Snapshot(models.Model):
    """A figure as it stood at a moment: its number, what it was of, and the very rows.

    `about` is the scope in the words of addresses, in order (reports.selectors.doors); `name_zh` and `name_en` are
    the same for readers, so that it can be read when the college or campaign is gone. `definition` is the digest of
    the definition by which it was counted.
    """

    figure = models.CharField(max_length=40)
    about = models.CharField(max_length=400, blank=True)
    name_zh = models.CharField(max_length=400, blank=True)
    name_en = models.CharField(max_length=400, blank=True)
    definition = models.CharField(max_length=16, blank=True)
    taken_on = models.DateField()
    taken_at = models.DateTimeField()
    reason = models.CharField(max_length=8, choices=SnapshotReason, default=SnapshotReason.NIGHTLY)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("remark"), max_length=200, blank=True)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True, blank=True)
    stale = models.PositiveIntegerField(null=True, blank=True)
    unchecked = models.PositiveIntegerField(null=True, blank=True)
    rows = models.ForeignKey(RowSet, models.PROTECT, null=True, blank=True, related_name="snapshots")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "figure", "pk"]
        triggers = [FIXED]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "about", "taken_on"], name="snapshot_once_a_night", condition=Q(reason="nightly")
            ),
            models.CheckConstraint(condition=Q(reason__in=SnapshotReason.values), name="snapshot_reason_known"),
        ]
        indexes = [models.Index(fields=["figure", "about", "-taken_at"], name="snapshot_of_figure")]

    def __str__(self) -> str:
        return f"{self.figure} {self.taken_on}"

    @property
    def about_what(self) -> str:
        """The scope as the reader reads it; nothing for the whole school."""
        return in_language(self.name_zh, self.name_en)
