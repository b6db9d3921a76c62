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
