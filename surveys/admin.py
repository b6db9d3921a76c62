"""For repair by administrators; daily work never needs it."""

from django.contrib import admin

from surveys.models.answers import Answer, DemandLine, Rating
from surveys.models.asking import Invitation, SurveyLink
from surveys.models.surveys import SetItem, Survey, SurveyItem


@admin.register(SetItem)
class SetItemAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name_zh", "name_en", "kind", "part", "answer", "place", "is_active"]
    list_filter = ["kind", "is_active"]


class SurveyItemInline(admin.TabularInline):  # type: ignore[type-arg]
    model = SurveyItem
    extra = 0
    raw_id_fields = ["set_item"]


@admin.register(Survey)
class SurveyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name_zh", "kind", "class_of", "opens_on", "closes_on", "closed_at", "number"]
    list_filter = ["kind"]
    readonly_fields = ["first", "number", "opened_by", "closed_at", "version", "created_at", "updated_at"]
    inlines = [SurveyItemInline]


class SurveyLinkInline(admin.TabularInline):  # type: ignore[type-arg]
    model = SurveyLink
    extra = 0
    fields = ["name", "email", "issued_at", "expires_at", "opened_at", "ended", "ended_at"]
    readonly_fields = ["name", "email", "issued_at", "expires_at", "opened_at", "ended", "ended_at"]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "email", "survey", "invited_at", "reminded_at", "answered_at", "withdrawn_at"]
    list_select_related = ["survey"]
    search_fields = ["name", "email"]
    raw_id_fields = ["survey", "enterprise", "contact", "visit", "student", "invited_by"]
    inlines = [SurveyLinkInline]


class RatingInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Rating
    extra = 0
    raw_id_fields = ["item"]


class DemandLineInline(admin.TabularInline):  # type: ignore[type-arg]
    model = DemandLine
    extra = 0
    raw_id_fields = ["major", "need"]


@admin.register(Answer)
class AnswerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["survey", "enterprise", "received_on"]
    list_select_related = ["survey", "enterprise"]
    raw_id_fields = ["survey", "invitation", "enterprise", "majors", "colleges"]
    inlines = [RatingInline, DemandLineInline]
