"""How many messages may leave by a channel in a minute, for all workers together."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from notifications.choices import Channel
from notifications.models.reminding import ChannelMinute
from notifications.selectors.reminding import office_hours


def take(channel: Channel, *, now: datetime) -> bool:
    """Take one place of this minute; False when all are taken. A clock that jumped begins a new minute."""
    minute = now.replace(second=0, microsecond=0)
    most = office_hours().a_minute(channel)
    rows = ChannelMinute.objects.filter(channel=channel)
    for _try in range(2):  # another worker may begin the minute between the two steps
        if rows.filter(minute=minute, taken__lt=most).update(taken=F("taken") + 1):
            return True
        if rows.exclude(minute=minute).update(minute=minute, taken=1):
            return True
        ChannelMinute.objects.get_or_create(channel=channel, defaults={"minute": minute, "taken": 0})
    return False
