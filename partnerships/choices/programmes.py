"""Fixed words of programmes and communities."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
