"""For repair by administrators; daily work never needs it."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models.people import User
from partnerships.models.agreements import (
    Agreement,
    AgreementField,
    AgreementFile,
    AgreementMove,
    AgreementParty,
    Signature,
)
from partnerships.models.codes import AgreementKind, Flag, Industry, Nature, Province, Region
from partnerships.models.commitments import Commitment, Investment
from partnerships.models.communities import (
    Community,
    CommunityMeeting,
    MeetingPerson,
    Membership,
    Resolution,
    SharedResource,
)
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise, FormerName
from partnerships.models.freshness import FreshnessPeriod
from partnerships.models.links import FileAnswer, ProposedChange, SignedLink
from partnerships.models.mentors import AnnualTarget, Mentor, MentorAppearance
from partnerships.models.needs import Need
from partnerships.models.plaques import Plaque
from partnerships.models.programmes import Programme, ProgrammeFeature, ProgrammeOutcome
from partnerships.models.timeline import TimelineEntry


@admin.register(Province, Nature, Flag)
class CodeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["code", "name_zh", "name_en", "valid_from", "valid_to", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["code", "name_zh", "name_en"]


@admin.register(Industry)
class IndustryAdmin(CodeAdmin):
    list_display = ["code", "employment_code", "name_zh", "name_en", "edition", "is_active"]


@admin.register(Region)
class RegionAdmin(CodeAdmin):
    list_filter = ["is_active", "province"]


@admin.register(FreshnessPeriod)
class FreshnessPeriodAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["block", "days"]


@admin.register(AgreementKind)
class AgreementKindAdmin(CodeAdmin):
    list_display = ["code", "name_zh", "name_en", "makes_base", "is_active"]


class FormerNameInline(admin.TabularInline):  # type: ignore[type-arg]
    model = FormerName
    extra = 0


@admin.register(Enterprise)
class EnterpriseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["legal_name", "credit_code", "credit_code_state", "province", "level", "archived_at"]
    list_filter = ["level", "credit_code_state", "province"]
    list_select_related = ["province"]
    search_fields = ["legal_name", "name_en", "credit_code"]
    raw_id_fields = ["parent", "owner", "deputy"]
    readonly_fields = ["credit_code_state", "confirmed_at", "confirmed_by", "version", "created_at", "updated_at"]
    inlines = [FormerNameInline]


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "title", "enterprise", "is_primary", "to_on"]
    list_select_related = ["enterprise"]
    search_fields = ["name", "enterprise__legal_name"]
    raw_id_fields = ["enterprise", "known_by"]


@admin.register(Need)
class NeedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["description", "kind", "enterprise", "state", "wanted_by"]
    list_filter = ["state", "kind"]
    list_select_related = ["enterprise"]
    search_fields = ["description", "enterprise__legal_name"]
    raw_id_fields = ["enterprise", "owner"]
    readonly_fields = ["version", "created_at", "updated_at"]


class AgreementFieldInline(admin.TabularInline):  # type: ignore[type-arg]
    model = AgreementField
    extra = 0


class AgreementPartyInline(admin.TabularInline):  # type: ignore[type-arg]
    model = AgreementParty
    extra = 0
    raw_id_fields = ["enterprise"]


class SignatureInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Signature
    extra = 0
    raw_id_fields = ["party"]


class AgreementMoveInline(admin.TabularInline):  # type: ignore[type-arg]
    model = AgreementMove
    extra = 0
    can_delete = False
    readonly_fields = ["state", "by", "at", "note"]


class AgreementFileInline(admin.TabularInline):  # type: ignore[type-arg]
    model = AgreementFile
    extra = 0
    raw_id_fields = ["uploaded_by"]


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "number", "enterprise", "kind", "state", "ends_on"]
    list_filter = ["state", "kind"]
    list_select_related = ["enterprise", "kind"]
    search_fields = ["title", "number", "enterprise__legal_name"]
    raw_id_fields = [
        "enterprise", "renewed_from", "framework", "owner", "deputy", "enterprise_owner", "enterprise_deputy",
    ]  # fmt: skip
    readonly_fields = ["state", "version", "created_at", "updated_at"]
    inlines = [AgreementPartyInline, AgreementFieldInline, SignatureInline, AgreementFileInline, AgreementMoveInline]


@admin.register(Commitment)
class CommitmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["description", "enterprise", "side", "kind", "state", "due_on"]
    list_filter = ["state", "kind", "side"]
    list_select_related = ["enterprise"]
    raw_id_fields = ["enterprise", "agreement"]
    readonly_fields = ["version", "created_at", "updated_at"]


@admin.register(Investment)
class InvestmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["enterprise", "kind", "promised", "promised_on", "due_on"]
    list_select_related = ["enterprise"]
    raw_id_fields = ["enterprise", "agreement", "programme"]


class ProgrammeFeatureInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ProgrammeFeature
    extra = 0


class ProgrammeOutcomeInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ProgrammeOutcome
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "kind", "enterprise", "since"]
    list_filter = ["kind"]
    list_select_related = ["enterprise"]
    raw_id_fields = ["enterprise", "agreement"]
    filter_horizontal = ["majors"]
    inlines = [ProgrammeFeatureInline, ProgrammeOutcomeInline]


@admin.register(Plaque)
class PlaqueAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["awarded_to", "kind", "awarded_on", "taken_down_on"]
    raw_id_fields = ["enterprise", "meeting"]


class MentorAppearanceInline(admin.TabularInline):  # type: ignore[type-arg]
    model = MentorAppearance
    extra = 0


@admin.register(Mentor)
class MentorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "title", "enterprise", "expertise"]
    list_select_related = ["enterprise"]
    raw_id_fields = ["enterprise"]
    inlines = [MentorAppearanceInline]


@admin.register(AnnualTarget)
class AnnualTargetAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "year", "number", "unit"]


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    extra = 0
    raw_id_fields = ["enterprise"]


@admin.register(Community)
class CommunityAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "level", "industry"]
    list_filter = ["level"]
    inlines = [MembershipInline]


class MeetingPersonInline(admin.TabularInline):  # type: ignore[type-arg]
    model = MeetingPerson
    extra = 0


class ResolutionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Resolution
    extra = 0


class SharedResourceInline(admin.TabularInline):  # type: ignore[type-arg]
    model = SharedResource
    extra = 0
    raw_id_fields = ["enterprise"]


@admin.register(CommunityMeeting)
class CommunityMeetingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "held_on", "place"]
    filter_horizontal = ["communities"]
    inlines = [MeetingPersonInline, ResolutionInline, SharedResourceInline]


@admin.register(TimelineEntry)
class TimelineEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["at", "kind", "text", "enterprise", "by"]
    list_filter = ["kind"]
    list_select_related = ["enterprise", "by"]
    readonly_fields = [
        "enterprise",
        "kind",
        "at",
        "by",
        "text",
        "detail",
        "link",
        "changes",
        "private_to",
        "office_only",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TimelineEntry]:
        """What colleagues wrote for themselves stays with them here too."""
        return TimelineEntry.objects.visible_to(cast(User, request.user))


@admin.register(SignedLink, FileAnswer)
class YearlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["enterprise", "year", "name"]
    list_filter = ["year"]
    list_select_related = ["enterprise"]
    search_fields = ["enterprise__legal_name", "name"]
    raw_id_fields = ["enterprise", "contact"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ProposedChange)
class ProposedChangeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["enterprise", "field", "state"]
    list_filter = ["state"]
    list_select_related = ["enterprise"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
