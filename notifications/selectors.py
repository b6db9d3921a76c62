"""What the inbox and the outbox show."""

from __future__ import annotations

from accounts.models.people import User
from notifications.choices import Channel, Matter, MessageState
from notifications.models import OutgoingMessage, OutgoingMessageQuerySet, Preference

# The outbox is for what needs a look; sent mails are the recipient's own.
OUTBOX_STATES = (MessageState.FAILED, MessageState.QUEUED, MessageState.SENDING, MessageState.DROPPED)


def inbox(user: User, *, only_unread: bool) -> OutgoingMessageQuerySet:
    """A person's messages, newest first."""
    messages = OutgoingMessage.objects.inbox_of(user)
    return messages.unread() if only_unread else messages


def outbox(state: str) -> OutgoingMessageQuerySet:
    """E-mails in one state that the office looks after, newest first; failed ones when none is named."""
    wanted = state if state in OUTBOX_STATES else MessageState.FAILED
    emails = OutgoingMessage.objects.filter(channel=Channel.EMAIL, state=wanted)
    return emails.select_related("recipient").order_by("-queued_at", "-pk")


def wanted(user: User) -> set[tuple[str, str]]:
    """The pairs of matter and channel that a person has not switched off."""
    off = set(Preference.objects.filter(user=user).values_list("matter", "channel"))
    return {(matter, channel) for matter in Matter.values for channel in Channel.values} - off
