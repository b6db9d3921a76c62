"""Channels, the pace at which people hear, and the life of a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    INBOX = "inbox", _("Inbox")
    CHAT = "chat", _("Chat")


class Pace(models.TextChoices):
    """How soon a person hears of a matter on a channel; what is not at once comes together in one letter."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", pgettext_lazy("how often letters come", "Once a day")
    WEEKLY = "weekly", pgettext_lazy("how often letters come", "Once a week")
    OFF = "off", pgettext_lazy("how often letters come", "Not at all")


class MessageState(models.TextChoices):
    """Queued → being sent → sent, failed or no longer needed; a failed one may be queued again.

    A held one waits to be gathered into a letter (notifications.gathering) and then shares its fate. Each step is a
    conditional update in notifications.delivery, so that two workers cannot both take it.
    """

    HELD = "held", _("Waiting to be gathered")
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("No longer needed")


class Matter(models.TextChoices):
    """What a message is about; people choose the channels for each matter."""

    VISIT = "visit", _("Visits")
    FOLLOW_UP = "follow_up", _("Follow-ups")
    AGREEMENT = "agreement", _("Agreements")
    POSTING = "posting", _("Postings")
    APPLICATION = "application", _("Applications")
    REPORT = "report", _("Reports")
    ENTERPRISE = "enterprise", _("Enterprises")
    SURVEY = "survey", _("Surveys")
    EVENT = "event", _("Events")
    GUIDANCE = "guidance", _("Guidance")


# Where somebody outside the school may say that they want no more letters. Letters about an agreement that they are
# a party to are not among them.
MAY_BE_STOPPED = frozenset({Matter.POSTING, Matter.ENTERPRISE, Matter.SURVEY, Matter.EVENT, Matter.APPLICATION})


class Counting(models.TextChoices):
    """How the days of a rule are counted."""

    EVERY_DAY = "every", _("Every day counts")
    ON_WORKING_DAYS = "on_working", _("Every day counts; on a day off it moves to a working day")
    WORKING_DAYS = "working", _("Only working days count")


class Mode(models.TextChoices):
    """What the engine does with what is due."""

    SEND = "send", _("Remind")
    SHOW = "show", _("Show only; nobody is reminded")
