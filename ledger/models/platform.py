"""What goes to the national platform: the codes it wants, the id of each row for ever, and the files that were made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Level
from accounts.models.people import User
from accounts.models.school import Major
from core.history import tracked
from ledger.choices import FileState, UploadState
from visits.models.results import Outcome
from visits.models.visits import Visit


@tracked()
class LevelCode(models.Model):
    """The code of a level of study in the platform's dictionary (ZYCCDM), as the office found it there."""

    level = models.CharField(_("level"), max_length=12, choices=Level, unique=True)
    code = models.CharField(_("code"), max_length=20, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.get_level_display()}".strip()


class PlatformRecordQuerySet(models.QuerySet["PlatformRecord"]):
    def visible_to(self, user: User) -> PlatformRecordQuerySet:
        return self if user.is_office else self.none()


@tracked()
class PlatformRecord(models.Model):
    """One row of the table ODS_FQTGSJ for ever: a visit and one of its majors, or the visit alone.

    The id stays when the major or its name changes, and when the row of the offer is written anew. `sent` holds what
    the platform was told last, so that a change since shows.
    """

    record_id = models.CharField(_("unique record id"), max_length=32, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="platform_records")
    outcome = models.OneToOneField(Outcome, models.SET_NULL, null=True, blank=True, related_name="platform_record")
    major = models.ForeignKey(Major, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("upload"), max_length=8, choices=UploadState, default=UploadState.NOT_SENT)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    sent: Any = models.JSONField(
        null=True, blank=True, help_text="The cells that the platform has, without id and day."
    )
    state_at = models.DateTimeField(null=True, blank=True)

    objects = PlatformRecordQuerySet.as_manager()

    class Meta:
        ordering = ["record_id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="platform_record_state_known"),
            models.CheckConstraint(
                condition=~Q(state=UploadState.SENT) | Q(sent__isnull=False), name="platform_record_sent_with_cells"
            ),
        ]

    def __str__(self) -> str:
        return self.record_id


class PlatformFileQuerySet(models.QuerySet["PlatformFile"]):
    def visible_to(self, user: User) -> PlatformFileQuerySet:
        """Uploading is the office's work."""
        return self if user.is_office else self.none()


@tracked()
class PlatformFile(models.Model):
    """A download for the platform, row by row as it was made, and what the platform said to it."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    filters = models.CharField(max_length=500, blank=True, help_text="The query string of the list that was filtered.")
    is_complete_only = models.BooleanField(default=True)
    state = models.CharField(_("state"), max_length=8, choices=FileState, default=FileState.MADE)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(null=True, blank=True)

    objects = PlatformFileQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="platform_file_state_known")
        ]

    def __str__(self) -> str:
        return self.name_at(self.at)

    @staticmethod
    def name_at(at: datetime) -> str:
        return f"ODS_FQTGSJ {at:%Y-%m-%d}"


class PlatformFileRow(models.Model):
    """One row of a file as it went out."""

    file = models.ForeignKey(PlatformFile, models.CASCADE, related_name="rows")
    record = models.ForeignKey(PlatformRecord, models.PROTECT, related_name="file_rows")
    number = models.PositiveIntegerField()
    cells: Any = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "record"], name="platform_file_row_once")]

    def __str__(self) -> str:
        return str(self.record)
