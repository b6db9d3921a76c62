"""The log of exports, to read; nothing of it is changed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from exporting.models import Export


@admin.register(Export)
class ExportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["at", "by", "table", "format", "rows", "is_personal", "state"]
    list_filter = ["format", "state", "is_personal"]
    list_select_related = ["by"]
    date_hierarchy = "at"

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False
