"""The page of past reports: which, and what a row shows of each."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.models.people import User
from reports.models.builds import ReportBuild, ReportBuildQuerySet, ReportFile

CONDITIONS = {"kind": "kind", "state": "state", "person": "requested_by"}


def build_list(user: User, filters: dict[str, Any]) -> ReportBuildQuerySet:
    """Reports that a person may see and asked for, with their files; two queries."""
    asked = {CONDITIONS[name]: value for name, value in filters.items() if name in CONDITIONS}
    rows: ReportBuildQuerySet = ReportBuild.objects.visible_to(user).filter(**asked)
    kept = ReportFile.objects.filter(removed_at__isnull=True)
    return rows.select_related("requested_by", "schedule").prefetch_related(Prefetch("files", kept))


def build_of(user: User) -> ReportBuildQuerySet:
    """One report with the people it names; its state is one query."""
    rows: ReportBuildQuerySet = ReportBuild.objects.visible_to(user)
    return rows.select_related("requested_by", "seen_as", "schedule", "cancelled_by")


def files_of(user: User) -> QuerySet[ReportFile]:
    return ReportFile.objects.filter(
        build__in=ReportBuild.objects.visible_to(user).filter(state="done"), removed_at__isnull=True
    ).select_related("build")


def people_who_asked(user: User) -> list[tuple[str, str]]:
    """For the office the people who ever asked for a report; others list their own. One query."""
    if not user.is_office:
        return []
    found = User.objects.filter(pk__in=ReportBuild.objects.order_by().values("requested_by")).order_by("number")
    return [(str(person.pk), str(person)) for person in found]
