"""Fixed words of programmes and communities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeKind(models.TextChoices):
    ORDER_CLASS = "order_class", _("Order class")
    APPRENTICESHIP = "apprenticeship", _("Modern apprenticeship")
    INDUSTRY_COLLEGE = "industry_college", _("Industry college")
    TRAINING_BASE = "training_base", _("Training base")
    FIELD_ENGINEER = "field_engineer", _("Field-engineer project")


class ProgrammeLevel(models.TextChoices):
    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    SCHOOL = "school", _("School")
    COLLEGE = "college", _("College")


class ProgrammeFeatureKind(models.TextChoices):
    SKILL = "skill", _("Skill")
    MODULE = "module", _("Module")
    MODE = "mode", _("Mode")
    NEW_MAJOR = "new_major", _("New major")
    TERM = "term", _("Term")


class ProgrammeMeasure(models.TextChoices):
    ENROLLED = "enrolled", _("Enrolled")
    TRAINED = "trained", _("People trained")
    EMPLOYED = "employed", _("Employed")
    EMPLOYMENT_RATE = "employment_rate", _("High-quality employment rate")
    HIRED = "hired", _("Hired by the enterprise")


class CollegeTask(models.TextChoices):
    """The seven tasks of a modern industry college, 教高厅函〔2020〕16号."""

    TRAINING_MODEL = "training_model", _("Training model")
    MAJORS = "majors", _("Quality of majors")
    COURSES = "courses", _("Courses built together")
    BASES = "bases", _("Practice and training bases")
    TEACHERS = "teachers", _("Teachers")
    RESEARCH = "research", _("Industry and research platform")
    GOVERNANCE = "governance", _("Governance")


class InvestmentState(models.TextChoices):
    """What the sums of an investment say."""

    PROMISED = "promised", _("Promised, nothing received")
    PARTLY = "partly", _("Partly received")
    RECEIVED = "received", _("Received")


class MentorKind(models.TextChoices):
    INDUSTRY = "industry", _("Industry mentor")
    SPECIAL = "special", _("Specially appointed professor")
    VISITING = "visiting", _("Visiting professor")
    MASTER = "master", _("Master of an apprenticeship")


class AppearanceKind(models.TextChoices):
    LECTURE = "lecture", _("Lecture")
    COURSE = "course", _("Course")
    PROJECT = "project", _("Project with students")
    JUDGE = "judge", _("Judging and examining")
    OTHER = "other", pgettext_lazy("mentor", "Other")


class CommunityKind(models.TextChoices):
    """行业产教融合共同体, 市域产教联合体, 职业教育集团."""

    INDUSTRY = "industry", _("Industry-wide integration community")
    CITY = "city", _("City-region consortium")
    GROUP = "group", _("Vocational education group")


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
    LEAD = "lead", _("Lead unit")
    VICE_CHAIR = "vice_chair", _("Vice-president unit")
    STANDING = "standing", _("Standing council unit")
    COUNCIL = "council", _("Council unit")
    MEMBER = "member", _("Member unit")


class MeetingRole(models.TextChoices):
    CHAIR = "chair", _("Chair of the meeting")
    SPEAKER = "speaker", _("Speaker")


class MeetingKind(models.TextChoices):
    FOUNDING = "founding", _("Founding conference")
    PLENARY = "plenary", _("Plenary meeting")
    COUNCIL = "council", _("Council meeting")
    MATCHING = "matching", _("Matching meeting")
    TRAINING = "training", _("Training")
    SEMINAR = "seminar", _("Seminar")


class ResourceKind(models.TextChoices):
    """What units share, and what they look for in it."""

    LABORATORY = "laboratory", _("Laboratory or training place")
    EQUIPMENT = "equipment", _("Equipment")
    COURSE = "course", _("Course or teaching material")
    PEOPLE = "people", _("People")
    DATA = "data", _("Data or platform")
    OTHER = "other", pgettext_lazy("shared resource", "Other")
