"""Reading one's messages."""

from __future__ import annotations

from datetime import datetime

from accounts.models.people import User
from notifications.models.messages import OutgoingMessage


def mark_read(message: OutgoingMessage, *, at: datetime) -> None:
    """Note when a message was first opened."""
    OutgoingMessage.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(user: User, *, at: datetime) -> int:
    """Note everything in a person's inbox as read; returns how many were not."""
    return OutgoingMessage.objects.inbox_of(user).unread().order_by().update(read_at=at)
