"""Fixed words of the enterprise's file."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CreditCodeState(models.TextChoices):
    """Whether the unified social credit code stands; a missing or failing code is no obstacle."""

    VERIFIED = "verified", _("Verified")
    VALID = "valid", _("Check character right")
    UNVERIFIED = "unverified", _("Unverified")


class CheckSource(models.TextChoices):
    """Where a colleague looked the enterprise up; the portal cannot ask these places itself."""

    LICENCE = "licence", _("Business licence")
    CREDIT_PUBLICITY = "publicity", _("National Enterprise Credit Information Publicity System")
    CREDIT_CHINA = "credit_china", _("Credit China")
    OTHER = "other", _("Another source")


class CheckResult(models.TextChoices):
    MATCHES = "matches", _("Name and code agree")
    DIFFERS = "differs", _("Name and code differ")
    NOT_FOUND = "not_found", _("Not found")
    ABNORMAL = "abnormal", _("Found with a warning: abnormal operation, lawsuit or blacklist")


class FileBlock(models.TextChoices):
    """The parts of an enterprise's file that are confirmed, and grow stale, each by itself."""

    IDENTITY = "identity", _("Identity")
    CONTACTS = "contacts", _("Contacts")
    NEEDS = "needs", _("Needs")


STALE_AFTER_DAYS = {FileBlock.IDENTITY: 365, FileBlock.CONTACTS: 180, FileBlock.NEEDS: 90}  # until an admin says else


class StaffBand(models.TextChoices):
    """Size as job sites show it, derived from the number of staff; the value is the smallest number in it."""

    UNDER_10 = "0", _("Under 10 people")
    FROM_10 = "10", _("10–49 people")
    FROM_50 = "50", _("50–99 people")
    FROM_100 = "100", _("100–499 people")
    FROM_500 = "500", _("500–999 people")
    FROM_1000 = "1000", _("1,000–9,999 people")
    FROM_10000 = "10000", _("10,000 people and more")


class NoteVisibility(models.TextChoices):
    PRIVATE = "private", _("Only I")
    OFFICE = "office", _("Employment office")
    STAFF = "staff", _("All staff of the school")


class MatchKind(models.TextChoices):
    """Why two files may be the same enterprise, the surest first."""

    CODE = "code", _("Same credit code")
    NAME = "name", _("Same name")
    FORMER_NAME = "former_name", _("Same as a former name")
    SIMILAR = "similar", _("Similar name")


class SuspectState(models.TextChoices):
    OPEN = "open", _("To be decided")
    DIFFERENT = "different", _("Two enterprises")
    MERGED = "merged", _("Merged")


class EnterpriseLevel(models.TextChoices):
    STRATEGIC = "strategic", pgettext_lazy("level of an enterprise", "Strategic")
    CORE = "core", pgettext_lazy("level of an enterprise", "Core")
    NORMAL = "normal", pgettext_lazy("level of an enterprise", "Normal")
