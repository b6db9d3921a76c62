"""Fixed words of agreements and promises, and which state may follow which."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.names import in_language


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


class PartyRole(models.TextChoices):
    """What a party does under an agreement, beside signing it."""

    LEAD = "lead", pgettext_lazy("a party of an agreement", "Leads")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Gives the money")
    HOST = "host", _("Gives the place")
    SUPPORTER = "supporter", _("Supports")


PARTY_LETTERS = {"A": "甲", "B": "乙", "C": "丙", "D": "丁", "E": "戊", "F": "己", "G": "庚", "H": "辛"}


def party_label(place: int) -> str:
    """How the text of an agreement calls its parties: Party A, 甲方."""
    letters = list(PARTY_LETTERS.items())
    english, chinese = letters[place - 1] if 0 < place <= len(letters) else (str(place), str(place))
    return gettext("Party %(letter)s") % {"letter": in_language(chinese, english)}


class SignatureWay(models.TextChoices):
    PAPER = "paper", _("On paper")
    SEAL = "seal", _("Electronic seal")
    LINK = "link", _("By signed link")
    PORTAL = "portal", _("In the portal")


class AgreementFileKind(models.TextChoices):
    DRAFT = "draft", _("Draft text")
    SIGNED_COPY = "signed_copy", _("Signed copy")
    REVIEW = "review", _("Legal review")
    FINAL = "final", _("Text for signing")
    MINUTES = "minutes", _("Minutes")


class CommitmentKind(models.TextChoices):
    INTERNSHIP_PLACES = "internship_places", _("Internship places")
    JOBS = "jobs", _("Jobs")
    LECTURES = "lectures", _("Lectures")
    MONEY = "money", _("Money")
    EQUIPMENT = "equipment", _("Equipment")
    SITE = "site", _("Site")
    TEACHING = "teaching", _("Teaching hours")
    TEACHER_PRACTICE = "teacher_practice", _("Teachers' practice at the enterprise")
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
