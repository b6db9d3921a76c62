"""Reports that are built again and again for a list of readers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.history import track_links, tracked
from core.models import Versioned
from reports.choices import Cadence, Weekday

LAST_DAY = 28  # of every month


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    def visible_to(self, user: User) -> ReportScheduleQuerySet:
        """The office sees every schedule, leadership its own."""
        return self if user.is_office else self.filter(owner=user)


@tracked(exclude=("stored_until",))
class ReportSchedule(Versioned):
    """Which report is due when, and who is told that it is there."""

    kind = models.SlugField(_("report"), max_length=40)
    parameters: Any = models.JSONField(default=dict, blank=True)
    words: Any = models.JSONField(default=dict, blank=True, help_text="The filters in words, by language.")
    cadence = models.CharField(_("how often"), max_length=8, choices=Cadence, default=Cadence.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("on"), choices=Weekday, default=Weekday.MONDAY)
    month_day = models.PositiveSmallIntegerField(_("on day"), default=1)
    hour = models.PositiveSmallIntegerField(_("at hour"), default=8)
    readers = models.ManyToManyField(User, related_name="+", verbose_name=_("readers"))
    owner = models.ForeignKey(User, models.PROTECT, related_name="report_schedules", verbose_name=_("owner"))
    is_active = models.BooleanField(default=True)
    stored_until = models.DateTimeField(help_text="What was due up to here is stored or no longer wanted.")

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["-is_active", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(cadence__in=Cadence.values), name="schedule_cadence_known"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="schedule_weekday_of_a_week"),
            models.CheckConstraint(
                condition=Q(month_day__gte=1, month_day__lte=LAST_DAY), name="schedule_day_of_every_month"
            ),
            models.CheckConstraint(condition=Q(hour__lte=23), name="schedule_hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def filters(self) -> list[list[str]]:
        """The filters in the reader's words: field, label, value."""
        return words_in_language(self.words)

    def latest_due(self, now: datetime) -> datetime:
        """The last moment, up to now, at which the report was due."""
        local = timezone.localtime(now)
        day = local.date() if local.hour >= self.hour else local.date() - timedelta(days=1)
        while not self._is_due_on(day):
            day -= timedelta(days=1)
        return self._moment(day)

    def next_due(self, now: datetime) -> datetime:
        """The first moment after now at which the report is due."""
        local = timezone.localtime(now)
        day = local.date() if local.hour < self.hour else local.date() + timedelta(days=1)
        while not self._is_due_on(day):
            day += timedelta(days=1)
        return self._moment(day)

    def _is_due_on(self, day: date) -> bool:
        return day.weekday() == self.weekday if self.cadence == Cadence.WEEKLY else day.day == self.month_day

    def _moment(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(self.hour)))


ReportScheduleReadersLink = track_links(ReportSchedule, "readers")


def words_in_language(words: dict[str, list[list[str]]]) -> list[list[str]]:
    """What was kept in the reader's language, or in the other one."""
    found: list[list[str]] = words.get(get_language() or "", next(iter(words.values()), []))
    return found
