"""Reports that were asked for: how far each is, its files, and the figures that it reported."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import track_links, tracked
from reports.choices import UNDER_WAY, BuildState, FileFormat
from reports.models.schedules import ReportSchedule, words_in_language

LONG_WAIT = timedelta(minutes=1)


class ReportBuildQuerySet(models.QuerySet["ReportBuild"]):
    def visible_to(self, user: User) -> ReportBuildQuerySet:
        """The office sees every build; others what they asked for with their own rights, and what is sent to them."""
        if user.is_office:
            return self
        if not user.is_school_staff:
            return self.none()
        sent = ReportBuild.readers.through._default_manager.filter(user=user)
        return self.filter(Q(requested_by=user, seen_as=user) | Q(pk__in=sent.values("reportbuild")))

    def under_way(self) -> ReportBuildQuerySet:
        return self.filter(state__in=UNDER_WAY)


# How far it is changes many times a minute; that is no history.
@tracked(exclude=("step", "step_done", "step_total", "percent_done"))
class ReportBuild(models.Model):
    """A report somebody asked for or that was due: of which kind, with which filters, and how far it is.

    `seen_as` is the person whose rights limit what is in it. `digest` sums up what was asked for, so that the database
    refuses to build the same twice at a time. `kept` is what a kind must still know when the build begins again.
    """

    kind = models.SlugField(_("report"), max_length=40)
    parameters: Any = models.JSONField(default=dict, blank=True)
    words: Any = models.JSONField(default=dict, blank=True, help_text="The filters in words, by language.")
    digest = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=10)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="report_builds")
    requested_at = models.DateTimeField()
    seen_as = models.ForeignKey(User, models.PROTECT, related_name="+")
    schedule = models.ForeignKey(ReportSchedule, models.SET_NULL, null=True, blank=True, related_name="builds")
    due_at = models.DateTimeField(null=True, blank=True)
    readers = models.ManyToManyField(User, related_name="reports_sent", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=BuildState, default=BuildState.QUEUED)
    step = models.SlugField(max_length=20, blank=True)
    step_done = models.PositiveIntegerField(default=0)
    step_total = models.PositiveIntegerField(default=0)
    percent_done = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    kept: Any = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = ReportBuildQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BuildState.values), name="build_state_known"),
            models.UniqueConstraint(
                fields=["requested_by", "seen_as", "digest"],
                condition=Q(state__in=["queued", "running"]),
                name="build_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["schedule", "due_at", "seen_as", "language"],
                condition=Q(schedule__isnull=False),
                name="build_once_per_due_day",
            ),
        ]
        indexes = [models.Index(fields=["kind", "-requested_at"], name="build_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def filters(self) -> list[list[str]]:
        """The filters in the reader's words: field, label, value."""
        return words_in_language(self.words)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    def waits_long(self, now: datetime) -> bool:
        """Queued for so long that the broker or the workers must be away."""
        return self.state == BuildState.QUEUED and now - self.requested_at > LONG_WAIT

    @property
    def percent(self) -> int:
        """Progress from 0 to 100."""
        return 100 if self.state == BuildState.DONE else min(99, self.percent_done)


ReportBuildReadersLink = track_links(ReportBuild, "readers")


def place_of(file: ReportFile, name: str) -> str:
    return f"{attempt_folder(file.build)}/{name}"


def attempt_folder(build: ReportBuild) -> str:
    """A folder for each attempt, named after the moment of its claim: a worker that lost it clears no other."""
    claimed = f"{build.claimed_at:%Y%m%d%H%M%S%f}" if build.claimed_at else "0"
    return f"{folder_of(build.pk)}/{claimed}"


def folder_of(build_id: int) -> str:
    return str(PurePosixPath("reports", "builds", str(build_id)))


@tracked()
class ReportFile(models.Model):
    """One file of a report; when its time is over the file goes and the row says when."""

    build = models.ForeignKey(ReportBuild, models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    format = models.CharField(max_length=4, choices=FileFormat)
    file = models.FileField(upload_to=place_of, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(format__in=FileFormat.values), name="file_format_known")]

    def __str__(self) -> str:
        return self.name


class ReportedFigure(models.Model):
    """A figure with the value that a report gave; `scope` is what the address of the figure's page says.

    Written once with its report and never changed. `is_whole` tells that it was counted with rights that hide nothing,
    so that it may be laid beside a snapshot.
    """

    build = models.ForeignKey(ReportBuild, models.CASCADE, related_name="figures")
    figure = models.CharField(max_length=40)
    scope = models.CharField(max_length=300, blank=True)
    counted_on = models.DateField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True, blank=True)
    is_whole = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["build", "figure", "scope"], name="figure_reported_once")]
        indexes = [models.Index(fields=["figure", "scope"], name="reported_figure_by_scope")]

    def __str__(self) -> str:
        return f"{self.figure} {self.scope}: {self.numerator}"
