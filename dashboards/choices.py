"""Fixed words of dashboards."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Balance(models.TextChoices):
    """What enterprises ask for against the students who wish to go there."""

    SHORT = "short", _("Short of students")
    BALANCED = "balanced", _("Balanced")
    PLENTY = "plenty", _("More students than places")
    NO_DEMAND = "no_demand", _("No demand")
