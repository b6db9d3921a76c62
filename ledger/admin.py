"""For repair by administrators; daily work never needs it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ledger.models.imports import LedgerImport
from ledger.models.platform import LevelCode, PlatformFile, PlatformRecord


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Looked at, never changed here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(LedgerImport)
class LedgerImportAdmin(ReadOnlyAdmin):
    list_display = ("name", "by", "at", "state", "total_rows")
    list_filter = ("state",)
    list_select_related = ("by",)
    search_fields = ("name",)


@admin.register(PlatformFile)
class PlatformFileAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "by", "at", "state", "marked_by", "marked_at")
    list_filter = ("state",)
    list_select_related = ("by", "marked_by")


@admin.register(LevelCode)
class LevelCodeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("level", "code")


@admin.register(PlatformRecord)
class PlatformRecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("record_id", "visit", "major", "state", "state_at")
    list_filter = ("state",)
    list_select_related = ("visit__enterprise", "major")
    search_fields = ("record_id",)
    raw_id_fields = ("visit", "outcome", "major")
    readonly_fields = ("record_id",)
