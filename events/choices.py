"""Words of events."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    TALK = "talk", _("Campus talk")
    FAIR = "fair", _("Job fair")
    RECOMMENDATION_MEETING = "recommendation_meeting", _("Recommendation meeting")
    WORKSHOP = "workshop", _("Workshop")
    GUIDANCE_TALK = "guidance_talk", _("Guidance talk")
    THEMATIC_EDUCATION = "thematic_education", _("Thematic education")


class EventItemKind(models.TextChoices):
    CONTENT = "content", _("Content")
    AUDIENCE = "audience", _("Audience")


class EventState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of an event", "Draft")
    PUBLISHED = "published", pgettext_lazy("of an event", "Announced")
    HELD = "held", pgettext_lazy("of an event", "Held")
    CANCELLED = "cancelled", pgettext_lazy("of an event", "Cancelled")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Signed up")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Signed off")
