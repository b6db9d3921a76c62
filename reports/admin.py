"""A look at snapshots and report builds; nothing is changed here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from reports.models.builds import ReportBuild
from reports.models.schedules import ReportSchedule
from reports.models.snapshots import Snapshot
from reports.models.targets import FigureOwner, FigureTarget


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Snapshot)
class SnapshotAdmin(_ReadOnly):
    list_display = ("figure", "name_zh", "taken_at", "reason", "numerator", "denominator")
    list_filter = ("reason", "taken_on")
    search_fields = ("figure",)


@admin.register(FigureTarget)
class FigureTargetAdmin(_ReadOnly):
    list_display = ("figure", "college", "number", "starts_on", "ends_on", "set_by")
    list_select_related = ("college", "set_by")


@admin.register(FigureOwner)
class FigureOwnerAdmin(_ReadOnly):
    list_display = ("figure", "user")
    list_select_related = ("user",)


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
