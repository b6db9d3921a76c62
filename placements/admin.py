"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from placements.models.applications import Application, ApplicationMove
from placements.models.postings import Posting
from placements.models.words import KnownWord


@admin.register(Posting)
class PostingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "enterprise", "kind", "state", "closes_on"]
    list_filter = ["state", "kind"]
    list_select_related = ["enterprise"]
    search_fields = ["title", "title_en", "enterprise__legal_name"]
    raw_id_fields = ["enterprise"]
    filter_horizontal = ["majors"]
    readonly_fields = ["state", "published_at", "created_by", "version", "created_at", "updated_at"]


class ApplicationMoveInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ApplicationMove
    extra = 0
    can_delete = False
    readonly_fields = ["state", "by", "at", "note"]

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["student", "posting", "state", "submitted_at"]
    list_filter = ["state"]
    list_select_related = ["student", "posting"]
    search_fields = ["student__number", "student__name", "posting__title"]
    readonly_fields = ["posting", "student", "state", "submitted_at", "snapshot", "version", "created_at", "updated_at"]
    inlines = [ApplicationMoveInline]

    def has_add_permission(self, request: object) -> bool:
        return False


@admin.register(KnownWord)
class KnownWordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["word"]
    search_fields = ["word"]
