"""Fixed words of signing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """How far a signer came; it follows from what is written down."""

    PLANNED = "planned", _("Not sent")
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened, not signed")
    SIGNED = "signed", _("Signed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class LinkEnd(models.TextChoices):
    """Why somebody who opens a link to sign finds nothing to sign."""

    SIGNED = "signed", _("Signed")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    FORWARDED = "forwarded", _("Passed on")
    REPLACED = "replaced", _("Replaced by a newer letter")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TAKEN_BACK = "taken_back", _("The text is being changed")
    ENDED = "ended", _("Ended early")


# What stands in the detail of the timeline's entries; their words are in partnerships.timeline.
BEGUN, ASKED, SIGNED, DECLINED, WITHDRAWN, CHANGED = "begun", "asked", "signed", "declined", "withdrawn", "changed"
# Whoever signs one of these ways does so in the portal, the office records the other ones.
ONLINE = ("link", "portal")
