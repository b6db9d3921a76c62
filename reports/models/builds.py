"""Reports that were asked for: how far each is, and its files."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import tracked
from reports.choices import BuildState
from visits.models.campaigns import Campaign

LONG_WAIT = timedelta(minutes=1)


class ReportBuildQuerySet(models.QuerySet["ReportBuild"]):
    def visible_to(self, user: User) -> ReportBuildQuerySet:
        """The office sees every build, others those they asked for."""
        return self if user.is_office else self.filter(requested_by=user)


@tracked()
class ReportBuild(models.Model):
    """A campaign report somebody asked for: how far it is, and its two files."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="report_builds", verbose_name=_("campaign"))
    language = models.CharField(max_length=10)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="report_builds")
    requested_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=8, choices=BuildState, default=BuildState.QUEUED)
    done_steps = models.PositiveIntegerField(default=0)
    total_steps = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    workbook = models.FileField(upload_to="reports/%Y/", blank=True)
    pdf = models.FileField(upload_to="reports/%Y/", blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = ReportBuildQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=BuildState.values), name="build_state_known")]

    def __str__(self) -> str:
        return str(self.campaign)

    @property
    def is_under_way(self) -> bool:
        return self.state in (BuildState.QUEUED, BuildState.RUNNING)

    def waits_long(self, now: datetime) -> bool:
        """Queued for so long that the broker or the workers must be away."""
        return self.state == BuildState.QUEUED and now - self.requested_at > LONG_WAIT

    @property
    def percent(self) -> int:
        """Progress from 0 to 100."""
        if self.state == BuildState.DONE:
            return 100
        return min(99, self.done_steps * 100 // self.total_steps) if self.total_steps else 0
