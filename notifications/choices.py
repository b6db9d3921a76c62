"""Channels, and the life of a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    INBOX = "inbox", _("Inbox")


class MessageState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("No longer needed")


NEXT: dict[MessageState, frozenset[MessageState]] = {
    MessageState.QUEUED: frozenset({MessageState.SENDING, MessageState.DROPPED}),
    MessageState.SENDING: frozenset(
        {MessageState.SENT, MessageState.FAILED, MessageState.QUEUED, MessageState.DROPPED}
    ),
    MessageState.SENT: frozenset(),
    MessageState.FAILED: frozenset({MessageState.QUEUED}),
    MessageState.DROPPED: frozenset(),
}


class Matter(models.TextChoices):
    """What a message is about; people choose the channels for each matter."""

    VISIT = "visit", _("Visits")
    FOLLOW_UP = "follow_up", _("Follow-ups")
    AGREEMENT = "agreement", _("Agreements")
    POSTING = "posting", _("Postings")
    APPLICATION = "application", _("Applications")
    REPORT = "report", _("Reports")
