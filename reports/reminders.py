"""To whom the figures of a week are due by mail, and when. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from accounts.working_days import WorkingDays, working_days
from reports.selectors.weeks import A_WEEK, Week, last_full_week, week_of

TOLD = (Role.OFFICER, Role.LEADER)
LATEST = timedelta(days=3)  # a portal that slept longer does not write about what is long past
LOOKED_BACK = 3  # weeks: no holiday is longer
NEVER = 7


@dataclass(frozen=True)
class WeeklyMail:
    """One person and one week; the key holds the week, so that whatever day it falls on it is one mail."""

    key: str
    to: User
    week: Week


def due_weekly_mails(now: datetime) -> Iterator[WeeklyMail]:
    """Every mail about a week that should exist by now, including those queued already."""
    for week in due_weeks(now):
        for person in recipients(timezone.localdate(now)):
            yield WeeklyMail(f"weekly:{week.code}", person, week)


def due_weeks(now: datetime) -> list[Week]:
    """The weeks whose mail leaves about now; two where a long holiday held one back until the next was due."""
    if settings.WEEKLY_FIGURES_DAY == NEVER:
        return []
    monday = week_of(timezone.localdate(now)).monday
    planned = [monday - number * A_WEEK + timedelta(days=settings.WEEKLY_FIGURES_DAY) for number in range(LOOKED_BACK)]
    days = working_days()
    return [
        last_full_week(day) for day in sorted(planned) if timedelta(0) <= now - _leaves(sent_on(day, days)) < LATEST
    ]


def sent_on(day: date, days: WorkingDays) -> date:
    """The day itself, be it a weekend; a public holiday gives way to the next day on which the school works."""
    return days.on_or_after(day) if day in days.special else day


def recipients(on: date) -> list[User]:
    """The employment office and the school's leadership, each person once."""
    held = RoleGrant.objects.in_force(on).filter(role__in=TOLD).order_by().values("user")
    return list(User.objects.filter(Q(pk__in=held), is_active=True).order_by("pk"))


def _leaves(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(settings.WEEKLY_FIGURES_HOUR)))
