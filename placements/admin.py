"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from placements.models.applications import Application, ApplicationMove
from placements.models.postings import Posting, PostingLanguage, PostingQuestion
from placements.models.review import HeldWord, MinimumWage, PostingHold, TrustedEnterprise


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
