"""Fixed words of what enterprises say by signed link."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LinkPurpose(models.TextChoices):
    """What an enterprise's contact may do by a signed link."""

    CONFIRM_FILE = "confirm_file", _("Confirm the file of the year")


class LinkEventKind(models.TextChoices):
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    SUBMITTED = "submitted", _("Answered")
    FORWARDED = "forwarded", _("Forwarded")
    REVOKED = "revoked", _("Withdrawn")
    REFUSED = "refused", _("Refused")


class Intake(models.TextChoices):
    """Whether an enterprise would take people this year."""

    YES = "yes", pgettext_lazy("would take people", "Yes")
    MAYBE = "maybe", pgettext_lazy("would take people", "Maybe")
    NO = "no", pgettext_lazy("would take people", "No")


class ProposalState(models.TextChoices):
    OPEN = "open", _("To be decided")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
