"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from placements.models.applications import Application, ApplicationMove, ApplicationNote, RejectionReason
from placements.models.interviews import InterviewBooking, InterviewSlot
from placements.models.postings import Posting


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


@admin.register(RejectionReason)
class RejectionReasonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["code", "name_zh", "name_en", "is_active"]


@admin.register(ApplicationNote)
class ApplicationNoteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["application", "by", "contact", "at"]
    raw_id_fields = ["application", "by", "contact"]


@admin.register(InterviewSlot)
class InterviewSlotAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["posting", "starts_at", "capacity", "cancelled_at"]
    raw_id_fields = ["posting", "created_by", "contact"]


@admin.register(InterviewBooking)
class InterviewBookingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["application", "slot", "at", "cancelled_at"]
    raw_id_fields = ["application", "slot"]
