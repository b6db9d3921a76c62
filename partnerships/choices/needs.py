"""Fixed words of what enterprises ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeedKind(models.TextChoices):
    RECRUIT = "recruit", _("Graduates")
    INTERNS = "interns", _("Interns")
    ORDER_TRAINING = "order_training", _("Order training")
    TECHNICAL_SERVICE = "technical_service", _("Technical service")
    STAFF_TRAINING = "staff_training", _("Staff training")
    CO_DEVELOPMENT = "co_development", _("Courses or textbooks together")
    EQUIPMENT = "equipment", _("Equipment or site")


# What asks for people whom the school could send: what stands beside the number of its students.
ASKS_FOR_PEOPLE = (NeedKind.RECRUIT, NeedKind.INTERNS, NeedKind.ORDER_TRAINING)
PEOPLE = "people"  # these three together, as filters of lists name them


class NeedSource(models.TextChoices):
    """How the school came to know of a need."""

    VISIT = "visit", _("At a visit")
    ENTERPRISE = "enterprise", _("From the enterprise")
    STAFF = "staff", _("From staff")


class NeedState(models.TextChoices):
    OPEN = "open", _("Open")
    MET = "met", _("Met")
    DROPPED = "dropped", _("Dropped")
