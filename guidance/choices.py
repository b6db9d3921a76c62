"""Words of guidance."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Topic(models.TextChoices):
    """What a student wants advice on."""

    DIRECTION = "direction", _("Where to go")
    RESUME = "resume", _("Résumé and letters")
    INTERVIEW = "interview", _("Interviews")
    CONTRACT = "contract", _("Agreements and contracts")
    STARTING_UP = "starting_up", _("Starting a business")
    FURTHER_STUDY = "further_study", _("Further study")
    OTHER = "other", pgettext_lazy("of advice", "Other")


class AppointmentState(models.TextChoices):
    BOOKED = "booked", _("Booked")
    HELD = "held", pgettext_lazy("of an appointment", "Held")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", pgettext_lazy("of an appointment", "Cancelled")
