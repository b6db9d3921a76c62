"""Queueing what reminders.py found; running it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from notifications.choices import Matter
from notifications.services import notify
from placements.reminders import Reminder, due_reminders


def queue_reminders(*, now: datetime) -> int:
    """Store the reminders that are due and not stored yet; how many messages are new."""
    return sum(_queue(reminder, now=now) for reminder in due_reminders(now))


def _queue(reminder: Reminder, *, now: datetime) -> int:
    posting = reminder.posting
    with translation.override(reminder.to.language):
        context: dict[str, object] = {
            "posting": str(posting),
            "enterprise": str(posting.enterprise),
            "closes_on": posting.closes_on,
            "days": reminder.days,
            "applications": reminder.applications,
        }
    return notify(
        reminder.to,
        key=reminder.key,
        matter=Matter.POSTING,
        template="emails/placements/posting_closes.txt",
        context=context,
        at=now,
        link=reverse("placements:posting", args=[posting.pk]),
        still_due="placements.posting",
        subject_id=posting.pk,
    )
