"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from placements.models.applications import (
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationMove,
    ApplicationView,
)
from placements.models.postings import Posting
from placements.models.resumes import Resume, ResumeEntry


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


class _SentInline(admin.TabularInline):  # type: ignore[type-arg]
    """What was sent is looked at here, and never changed."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False


class ApplicationAnswerInline(_SentInline):
    model = ApplicationAnswer


class ApplicationDocumentInline(_SentInline):
    model = ApplicationDocument


class ApplicationViewInline(_SentInline):
    model = ApplicationView
    raw_id_fields = ["by", "contact", "document"]


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["student", "posting", "state", "submitted_at"]
    list_filter = ["state"]
    list_select_related = ["student", "posting"]
    search_fields = ["student__number", "student__name", "posting__title"]
    readonly_fields = ["posting", "student", "state", "submitted_at", "snapshot", "version", "created_at", "updated_at"]
    inlines = [ApplicationMoveInline, ApplicationAnswerInline, ApplicationDocumentInline, ApplicationViewInline]

    def has_add_permission(self, request: object) -> bool:
        return False


@admin.register(Resume)
class ResumeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "student", "at"]
    list_select_related = ["student"]
    search_fields = ["name", "student__number", "student__name"]
    raw_id_fields = ["student"]


@admin.register(ResumeEntry)
class ResumeEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "student", "section"]
    list_filter = ["section"]
    list_select_related = ["student"]
    search_fields = ["title", "student__number", "student__name"]
    raw_id_fields = ["student"]
