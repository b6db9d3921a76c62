"""Members, organs and what is shared, for repair by administrators; daily work never needs it."""

from __future__ import annotations

from django.contrib import admin

from communities.models.members import MemberList, Representative
from communities.models.organs import Charter, Organ, Seat
from communities.models.sharing import ListEntry, ResourceRequest


@admin.register(Representative)
class RepresentativeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "membership", "from_on", "to_on"]
    search_fields = ["name", "membership__organisation"]
    raw_id_fields = ["membership", "contact"]


@admin.register(MemberList)
class MemberListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "community", "by", "at", "written_at"]
    readonly_fields = ["community", "name", "by", "at", "columns", "rows", "written_by", "written_at"]


@admin.register(Charter)
class CharterAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["community", "name", "adopted_on"]
    raw_id_fields = ["community", "resolution", "by"]


@admin.register(Organ)
class OrganAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "community", "kind", "ended_on"]
    raw_id_fields = ["community"]


@admin.register(Seat)
class SeatAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["__str__", "organ"]
    raw_id_fields = ["organ", "membership"]


@admin.register(ResourceRequest)
class ResourceRequestAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["resource", "membership", "state", "asked_at"]
    list_filter = ["state"]
    raw_id_fields = ["resource", "membership", "representative", "answered_by"]


@admin.register(ListEntry)
class ListEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "community", "kind", "closed_on"]
    list_filter = ["kind"]
    raw_id_fields = ["community", "membership"]
