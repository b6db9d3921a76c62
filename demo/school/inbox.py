"""The inboxes of the sample accounts: what is older than a few days has been read."""

from __future__ import annotations

from datetime import timedelta

from demo.school.world import World
from notifications.models.messages import OutgoingMessage
from notifications.services.inbox import mark_read

UNREAD_FOR = timedelta(days=3)


def settle(world: World) -> None:
    """The last three days stay unread, so that the bell has something to say."""
    people = [*world.staff.values(), *(profile.user for profile in world.profiles)]
    old = OutgoingMessage.objects.unread().filter(recipient__in=people, queued_at__lt=world.now - UNREAD_FOR)
    for message in old:
        mark_read(message, at=message.queued_at + timedelta(hours=3))
