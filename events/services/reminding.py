"""Queueing what reminders.py found; running it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from events.reminders import due_reminders
from events.services import telling


def queue_reminders(*, now: datetime) -> int:
    """Store the reminders that are due and not stored yet; how many messages are new."""
    return sum(
        telling.remind(each.event, each.to, key=each.key, place=each.place, at=now) for each in due_reminders(now)
    )
