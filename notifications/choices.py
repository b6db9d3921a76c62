"""Channels, and the life of a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    INBOX = "inbox", _("Inbox")


class MessageState(models.TextChoices):
    """Queued → being sent → sent, failed or no longer needed; a failed one may be queued again.

    Each step is a conditional update in notifications.delivery, so that two workers cannot both take it.
    """

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
