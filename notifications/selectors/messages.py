"""What the inbox and the outbox show."""

from __future__ import annotations

from accounts.models.people import User
from notifications.choices import Channel, MessageState
from notifications.models.messages import OutgoingMessage, OutgoingMessageQuerySet

# The outbox is for what needs a look; sent mails are the recipient's own.
OUTBOX_STATES = (
    MessageState.FAILED,
    MessageState.QUEUED,
    MessageState.HELD,
    MessageState.SENDING,
    MessageState.DROPPED,
)
OUTBOX_CHANNELS = (Channel.EMAIL, Channel.CHAT)


def inbox(user: User, *, only_unread: bool) -> OutgoingMessageQuerySet:
    """A person's messages, newest first."""
    messages = OutgoingMessage.objects.inbox_of(user)
    return messages.unread() if only_unread else messages


def outbox(state: str) -> OutgoingMessageQuerySet:
    """E-mails and chat messages in one state that the office looks after, newest first; failed ones when none is named.

    What a letter gathers shares its fate and stands with it, not here.
    """
    wanted = state if state in OUTBOX_STATES else MessageState.FAILED
    rows = OutgoingMessage.objects.filter(channel__in=OUTBOX_CHANNELS, state=wanted, digest=None)
    return rows.select_related("recipient").order_by("-queued_at", "-pk")
