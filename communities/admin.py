"""Members for repair by administrators; daily work never needs it."""

from __future__ import annotations

from django.contrib import admin

from communities.models.members import MemberList, Representative


@admin.register(Representative)
class RepresentativeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "membership", "from_on", "to_on"]
    search_fields = ["name", "membership__organisation"]
    raw_id_fields = ["membership", "contact"]


@admin.register(MemberList)
class MemberListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "community", "by", "at", "written_at"]
    readonly_fields = ["community", "name", "by", "at", "columns", "rows", "written_by", "written_at"]
