"""Fixed words of the partnership records, and which state may follow which."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CreditCodeState(models.TextChoices):
    """Whether the unified social credit code stands; a missing or failing code is no obstacle."""

    VALID = "valid", _("Check character right")
    UNVERIFIED = "unverified", _("Unverified")


ENTERPRISE_STALE_DAYS = 365  # a file that nobody confirmed for this long is shown as stale
ENTERPRISE_STALE_AFTER = timedelta(days=ENTERPRISE_STALE_DAYS)


class EnterpriseLevel(models.TextChoices):
    STRATEGIC = "strategic", pgettext_lazy("level of an enterprise", "Strategic")
    CORE = "core", pgettext_lazy("level of an enterprise", "Core")
    NORMAL = "normal", pgettext_lazy("level of an enterprise", "Normal")


class NeedKind(models.TextChoices):
    RECRUIT = "recruit", _("Graduates")
    INTERNS = "interns", _("Interns")
    ORDER_TRAINING = "order_training", _("Order training")
    TECHNICAL_SERVICE = "technical_service", _("Technical service")
    STAFF_TRAINING = "staff_training", _("Staff training")
    CO_DEVELOPMENT = "co_development", _("Courses or textbooks together")
    EQUIPMENT = "equipment", _("Equipment or site")


class NeedState(models.TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    DROPPED = "dropped", _("Dropped")


class AgreementState(models.TextChoices):
    """What staff decide; in force, expiring and expired follow from the dates."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    AWAITING_SIGNATURES = "awaiting_signatures", _("Awaiting signatures")
    SIGNED = "signed", _("Signed")
    RENEWED = "renewed", _("Renewed")
    ENDED = "ended", _("Ended early")


AGREEMENT_NEXT: dict[AgreementState, frozenset[AgreementState]] = {
    AgreementState.DRAFT: frozenset({AgreementState.IN_REVIEW, AgreementState.ENDED}),
    AgreementState.IN_REVIEW: frozenset(
        {AgreementState.AWAITING_SIGNATURES, AgreementState.DRAFT, AgreementState.ENDED}
    ),
    AgreementState.AWAITING_SIGNATURES: frozenset({AgreementState.SIGNED, AgreementState.DRAFT, AgreementState.ENDED}),
    AgreementState.SIGNED: frozenset({AgreementState.RENEWED, AgreementState.ENDED}),
    AgreementState.RENEWED: frozenset(),
    AgreementState.ENDED: frozenset(),
}


class AgreementStage(models.TextChoices):
    """What people read: the decided state joined with what the dates say today."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    AWAITING_SIGNATURES = "awaiting_signatures", _("Awaiting signatures")
    SIGNED = "signed", _("Signed, not yet in force")
    IN_FORCE = "in_force", _("In force")
    EXPIRING = "expiring", _("Expiring")
    EXPIRED = "expired", _("Expired")
    RENEWED = "renewed", _("Renewed")
    ENDED = "ended", _("Ended early")


class Track(models.TextChoices):
    STANDARD = "standard", _("Standard template")
    NEGOTIATED = "negotiated", _("Negotiated text")


class Side(models.TextChoices):
    """The two sides of a visit, a promise or an agreement."""

    SCHOOL = "school", _("School")
    ENTERPRISE = "enterprise", _("Enterprise")


class SignatureWay(models.TextChoices):
    PAPER = "paper", _("On paper")
    SEAL = "seal", _("Electronic seal")


class AgreementFileKind(models.TextChoices):
    DRAFT = "draft", _("Draft text")
    SIGNED_COPY = "signed_copy", _("Signed copy")
    REVIEW = "review", _("Legal review")


class CommitmentKind(models.TextChoices):
    INTERNSHIP_PLACES = "internship_places", _("Internship places")
    JOBS = "jobs", _("Jobs")
    LECTURES = "lectures", _("Lectures")
    MONEY = "money", _("Money")
    EQUIPMENT = "equipment", _("Equipment")
    OTHER = "other", _("Other")


class CommitmentState(models.TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")
    NOT_KEPT = "not_kept", _("Not kept")


class InvestmentKind(models.TextChoices):
    CASH = "cash", _("Cash")
    EQUIPMENT = "equipment", _("Equipment")
    SITE = "site", _("Site")
    UNSPECIFIED = "unspecified", _("Kind not stated")


class ProgrammeKind(models.TextChoices):
    ORDER_CLASS = "order_class", _("Order class")
    APPRENTICESHIP = "apprenticeship", _("Modern apprenticeship")
    INDUSTRY_COLLEGE = "industry_college", _("Industry college")
    TRAINING_BASE = "training_base", _("Training base")


class ProgrammeFeatureKind(models.TextChoices):
    SKILL = "skill", _("Skill")
    MODULE = "module", _("Module")
    MODE = "mode", _("Mode")
    NEW_MAJOR = "new_major", _("New major")
    TERM = "term", _("Term")


class ProgrammeMeasure(models.TextChoices):
    TRAINED = "trained", _("People trained")
    EMPLOYMENT_RATE = "employment_rate", _("High-quality employment rate")
    HIRED = "hired", _("Hired by the enterprise")


class CommunityLevel(models.TextChoices):
    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    CITY = "city", _("City")
    SCHOOL = "school", _("School")


class MemberType(models.TextChoices):
    SCHOOL = "school", _("School")
    ENTERPRISE = "enterprise", _("Enterprise")
    GOVERNMENT = "government", _("Government")
    ASSOCIATION = "association", _("Association")
    RESEARCH = "research", _("Research institute")


class MemberRole(models.TextChoices):
    CHAIR = "chair", _("President unit of the council")
    LEADING_ENTERPRISE = "leading_enterprise", _("Leading enterprise")
    VICE_CHAIR = "vice_chair", _("Vice-president unit")
    COUNCIL = "council", _("Council unit")
    MEMBER = "member", _("Member unit")


class MeetingRole(models.TextChoices):
    CHAIR = "chair", _("Chair of the meeting")
    SPEAKER = "speaker", _("Speaker")


class TimelineKind(models.TextChoices):
    """What can happen around an enterprise; every app writes its own kinds."""

    ENTERPRISE_ADDED = "enterprise_added", _("File opened")
    ENTERPRISE_CHANGED = "enterprise_changed", _("File changed")
    ENTERPRISE_CONFIRMED = "enterprise_confirmed", _("File confirmed as correct")
    CONTACT_ADDED = "contact_added", _("Contact added")
    CONTACT_LEFT = "contact_left", _("Contact left")
    NEED_RECORDED = "need_recorded", _("Need recorded")
    NEED_CLOSED = "need_closed", _("Need closed")
    AGREEMENT_MOVED = "agreement_moved", _("Agreement moved on")
    AGREEMENT_FILED = "agreement_filed", _("Agreement file added")
    COMMITMENT_MADE = "commitment_made", _("Promise made")
    COMMITMENT_CLOSED = "commitment_closed", _("Promise closed")
    PROGRAMME_OPENED = "programme_opened", _("Programme opened")
    COMMUNITY_JOINED = "community_joined", _("Joined a community")
    PLAQUE_AWARDED = "plaque_awarded", _("Plaque awarded")
    VISIT_PLANNED = "visit_planned", _("Visit planned")
    VISIT_MOVED = "visit_moved", _("Visit moved on")
    VISIT_REPORTED = "visit_reported", _("Visit reported")
    FOLLOW_UP_DONE = "follow_up_done", _("Follow-up done")
    POSTING_MOVED = "posting_moved", _("Posting moved on")
    EVENT_HELD = "event_held", _("Event")
    NOTE = "note", _("Note")
