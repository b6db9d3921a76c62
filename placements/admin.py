"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from placements.models.applications import (
    Application,
    ApplicationAnswer,
    ApplicationDocument,
    ApplicationMove,
    ApplicationNote,
    ApplicationView,
    RejectionReason,
)
from placements.models.interviews import InterviewBooking, InterviewSlot
from placements.models.postings import Posting, PostingLanguage, PostingQuestion
from placements.models.resumes import Resume, ResumeEntry
from placements.models.review import HeldWord, MinimumWage, PostingHold, TrustedEnterprise
from placements.models.words import KnownWord


class PostingLanguageInline(admin.TabularInline):  # type: ignore[type-arg]
    model = PostingLanguage
    extra = 0


class PostingQuestionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = PostingQuestion
    extra = 0


@admin.register(Posting)
class PostingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "enterprise", "kind", "state", "closes_on"]
    list_filter = ["state", "kind"]
    list_select_related = ["enterprise"]
    search_fields = ["title", "title_en", "enterprise__legal_name"]
    raw_id_fields = ["enterprise", "contact"]
    inlines = [PostingLanguageInline, PostingQuestionInline]
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


@admin.register(PostingHold)
class PostingHoldAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["posting", "rule", "found", "at", "lifted_at", "lifted_by"]
    list_filter = ["rule"]
    list_select_related = ["posting", "lifted_by"]
    raw_id_fields = ["posting", "lifted_by"]


@admin.register(TrustedEnterprise)
class TrustedEnterpriseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["enterprise", "since", "until", "by"]
    list_select_related = ["enterprise", "by"]
    raw_id_fields = ["enterprise", "by"]


@admin.register(MinimumWage)
class MinimumWageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["province", "city", "monthly", "hourly", "valid_from"]
    list_select_related = ["province"]


@admin.register(HeldWord)
class HeldWordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["word", "rule", "is_active"]
    list_filter = ["rule", "is_active"]
    search_fields = ["word"]


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


@admin.register(KnownWord)
class KnownWordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["word"]
    search_fields = ["word"]
