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
    GUEST = "guest", _("Enterprise without a file")


class EventState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of an event", "Draft")
    PUBLISHED = "published", pgettext_lazy("of an event", "Announced")
    HELD = "held", pgettext_lazy("of an event", "Held")
    CANCELLED = "cancelled", pgettext_lazy("of an event", "Cancelled")


# A draft that comes to nothing is discarded: nobody has heard of it yet.
EVENT_NEXT: dict[EventState, frozenset[EventState]] = {
    EventState.DRAFT: frozenset({EventState.PUBLISHED}),
    EventState.PUBLISHED: frozenset({EventState.HELD, EventState.CANCELLED}),
    EventState.HELD: frozenset(),
    EventState.CANCELLED: frozenset(),
}


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Signed up")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Signed off")
    WALK_IN = "walk_in", _("Came without signing up")


# Who is told when something about the event changes.
AWAITED = (RegistrationState.REGISTERED, RegistrationState.WAITING)
