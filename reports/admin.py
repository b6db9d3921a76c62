"""A look at snapshots and report builds; nothing is changed here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reports.models.builds import ReportBuild
from reports.models.schedules import ReportSchedule
from reports.models.snapshots import Snapshot


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Snapshot)
class SnapshotAdmin(_ReadOnly):
    list_display = ("figure", "campaign", "taken_on", "numerator", "denominator")
    list_filter = ("taken_on",)
    list_select_related = ("campaign",)
    search_fields = ("figure",)


@admin.register(ReportBuild)
class ReportBuildAdmin(_ReadOnly):
    list_display = ("kind", "language", "requested_by", "requested_at", "state", "attempts")
    list_filter = ("state", "kind")
    list_select_related = ("requested_by",)


@admin.register(ReportSchedule)
class ReportScheduleAdmin(_ReadOnly):
    list_display = ("kind", "owner", "cadence", "is_active", "stored_until")
    list_filter = ("is_active", "kind")
    list_select_related = ("owner",)
