"""What the pages of schedules need."""

from __future__ import annotations

from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from reports.models.schedules import ReportSchedule, ReportScheduleQuerySet

READ_BY = (Role.OFFICER, Role.ADMIN, Role.LEADER, Role.COLLEGE)


def readers_offered() -> QuerySet[User]:
    """Staff of the school who may sign in today."""
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role__in=READ_BY).order_by()
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("number")
    return people


def schedule_list(user: User) -> ReportScheduleQuerySet:
    """With owner, readers, and the last day on which each was due; two queries."""
    rows: ReportScheduleQuerySet = ReportSchedule.objects.visible_to(user)
    named = rows.select_related("owner").prefetch_related("readers")
    return named.annotate(last_due_at=Max("builds__due_at")).order_by("-is_active", "pk")
