"""Queueing what reminders.py found; running it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from guidance.reminders import due_reminders
from guidance.services import telling


def queue_reminders(*, now: datetime) -> int:
    """Store the reminders that are due and not stored yet; how many messages are new."""
    return sum(
        telling.tell(each.appointment, each.to, "tomorrow", key=each.key, at=now, still_due="guidance.appointment")
        for each in due_reminders(now)
    )
