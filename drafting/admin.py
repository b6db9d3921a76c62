"""For repair by administrators; drafts are written and reviews decided on their pages."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from drafting.models.reviews import DraftComment, ReviewHandOn, ReviewRule, ReviewStep
from drafting.models.texts import AgreementTemplate, Letterhead, Revision, RevisionClause, TemplateClause


class HandOnInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ReviewHandOn
    extra = 0
    readonly_fields = ["by", "to", "note", "at"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ReviewStep)
class ReviewStepAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["agreement", "round", "place", "role", "reviewer", "state", "decided_by"]
    list_filter = ["state", "role"]
    list_select_related = ["agreement", "reviewer", "decided_by"]
    search_fields = ["agreement__title", "agreement__number"]
    raw_id_fields = ["reviewer"]
    readonly_fields = [
        "agreement", "revision", "round", "place", "role", "state", "opened_at", "decided_by", "decided_at", "comment",
    ]  # fmt: skip
    inlines = [HandOnInline]


@admin.register(ReviewRule)
class ReviewRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["kind", "place", "role", "reviewer"]
    list_select_related = ["kind", "reviewer"]
    raw_id_fields = ["reviewer"]


@admin.register(DraftComment)
class DraftCommentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["text", "agreement", "clause", "by", "at", "settled_at"]
    list_select_related = ["agreement", "by"]
    raw_id_fields = ["agreement", "revision", "by", "settled_by"]


class TemplateClauseInline(admin.StackedInline):  # type: ignore[type-arg]
    model = TemplateClause
    extra = 0


@admin.register(AgreementTemplate)
class AgreementTemplateAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name_zh", "kind", "is_active"]
    list_filter = ["is_active", "kind"]
    list_select_related = ["kind"]
    inlines = [TemplateClauseInline]


class RevisionClauseInline(admin.StackedInline):  # type: ignore[type-arg]
    model = RevisionClause
    extra = 0
    raw_id_fields = ["origin"]


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["agreement", "number", "note", "by", "at"]
    list_select_related = ["agreement", "by"]
    raw_id_fields = ["agreement", "template", "by"]
    search_fields = ["agreement__title", "agreement__number"]
    inlines = [RevisionClauseInline]


admin.site.register(Letterhead)
