"""For repair by administrators; daily work never needs it."""

from django.contrib import admin
from django.http import HttpRequest

from visits.models.campaigns import (
    Campaign,
    CampaignPoint,
    CampaignReportDay,
    CampaignTarget,
    ReportedTotal,
    Trip,
    TripMember,
)
from visits.models.handover import HandOver, HandOverItem
from visits.models.reports import Amendment, DraftPhoto, ReportDraft, ReportReturn
from visits.models.results import Evidence, FollowUp, Intention, Outcome
from visits.models.visits import Participant, ResultForm, Visit, VisitMove, VisitTopic


class CampaignPointInline(admin.TabularInline):  # type: ignore[type-arg]
    model = CampaignPoint
    extra = 0


class CampaignTargetInline(admin.TabularInline):  # type: ignore[type-arg]
    model = CampaignTarget
    extra = 0
    raw_id_fields = ["leaders"]


class CampaignReportDayInline(admin.TabularInline):  # type: ignore[type-arg]
    model = CampaignReportDay
    extra = 0


class CampaignTotalInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ReportedTotal
    extra = 0
    fields = ["measure", "number", "is_minimum", "reported_on", "source"]


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "class_of", "starts_on", "ends_on"]
    search_fields = ["name", "document"]
    raw_id_fields = ["events"]
    readonly_fields = ["version", "created_at", "updated_at"]
    inlines = [CampaignPointInline, CampaignTargetInline, CampaignReportDayInline, CampaignTotalInline]


class TripMemberInline(admin.TabularInline):  # type: ignore[type-arg]
    model = TripMember
    extra = 0
    raw_id_fields = ["user"]


@admin.register(Trip)
class TripAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "campaign", "starts_on", "ends_on"]
    list_select_related = ["campaign"]
    search_fields = ["name"]
    inlines = [TripMemberInline, CampaignTotalInline]


class ParticipantInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Participant
    extra = 0
    raw_id_fields = ["user", "contact"]


class VisitTopicInline(admin.TabularInline):  # type: ignore[type-arg]
    model = VisitTopic
    extra = 0


class OutcomeInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Outcome
    extra = 0
    raw_id_fields = ["major"]


class IntentionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Intention
    extra = 0


class VisitMoveInline(admin.TabularInline):  # type: ignore[type-arg]
    model = VisitMove
    extra = 0
    can_delete = False
    readonly_fields = ["state", "by", "at", "note"]

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Visit)
class VisitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["enterprise", "starts_on", "direction", "medium", "state"]
    list_filter = ["state", "direction", "medium"]
    list_select_related = ["enterprise"]
    search_fields = ["enterprise__legal_name", "goal"]
    raw_id_fields = [
        "enterprise", "trip", "organiser", "needs", "commitments", "agreements", "postings", "places_shown",
    ]  # fmt: skip
    readonly_fields = ["state", "reported_at", "reported_by", "version", "created_at", "updated_at"]
    inlines = [ParticipantInline, VisitTopicInline, OutcomeInline, IntentionInline, VisitMoveInline]


@admin.register(FollowUp)
class FollowUpAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["what", "owner", "due_on", "state"]
    list_filter = ["state"]
    list_select_related = ["owner"]
    search_fields = ["what", "owner__name", "owner__number"]
    raw_id_fields = ["visit", "owner"]
    readonly_fields = ["version", "created_at", "updated_at", "closed_at"]


@admin.register(Evidence)
class EvidenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "kind", "visit", "added_at"]
    list_filter = ["kind"]
    list_select_related = ["visit__enterprise"]
    search_fields = ["name"]
    raw_id_fields = ["visit"]
    readonly_fields = ["added_by", "added_at"]


class HandOverItemInline(admin.TabularInline):  # type: ignore[type-arg]
    model = HandOverItem
    extra = 0
    can_delete = False
    fields = ["duty", "name", "enterprise", "receiver", "is_back"]
    readonly_fields = ["duty", "name", "enterprise", "receiver", "is_back"]

    def has_add_permission(self, request: HttpRequest, obj: HandOver | None = None) -> bool:
        return False


@admin.register(HandOver)
class HandOverAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Read only: a hand-over is moved back on its own page."""

    list_display = ["leaver", "by", "at", "undone_at"]
    readonly_fields = ["leaver", "by", "at", "undone_by", "undone_at"]
    inlines = [HandOverItemInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What happened stays as it was written."""

    list_select_related = ["visit__enterprise", "by"]
    list_display = ["visit", "by", "at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


admin.site.register([Amendment, ReportReturn], ReadOnlyAdmin)


@admin.register(ResultForm)
class ResultFormAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["code", "name_zh", "name_en", "is_active"]
    search_fields = ["code", "name_zh", "name_en"]


class DraftPhotoInline(admin.TabularInline):  # type: ignore[type-arg]
    model = DraftPhoto
    extra = 0
    raw_id_fields = ["added_by"]


@admin.register(ReportDraft)
class ReportDraftAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["visit", "revision", "saved_by", "saved_at"]
    list_select_related = ["visit__enterprise", "saved_by"]
    raw_id_fields = ["visit", "saved_by"]
    inlines = [DraftPhotoInline]
