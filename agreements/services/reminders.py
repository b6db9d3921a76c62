"""Storing the reminders that are due."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from agreements.reminders import Reminder, due_reminders
from notifications.choices import Matter
from notifications.models import OutgoingMessage
from notifications.services import notify


def queue(*, now: datetime) -> int:
    """Store what should exist by now; returns how many messages are new."""
    due = list(due_reminders(now))
    rows = OutgoingMessage.objects.filter(key__in=[reminder.key for reminder in due])
    told = set(rows.values_list("key", "recipient"))
    return sum(_tell(reminder, now=now) for reminder in due if (reminder.key, reminder.to.pk) not in told)


def _tell(reminder: Reminder, *, now: datetime) -> int:
    agreement = reminder.agreement
    with translation.override(reminder.to.language):
        enterprise = str(agreement.enterprise)
    return notify(
        reminder.to,
        key=reminder.key,
        matter=Matter.AGREEMENT,
        template="emails/agreements/agreement_ending.txt",
        context={
            "title": agreement.title,
            "enterprise": enterprise,
            "ends_on": agreement.ends_on,
            "days_left": reminder.days_left,
            "kept": reminder.kept,
            "not_kept": reminder.not_kept,
            "still_open": reminder.still_open,
        },
        at=now,
        link=reverse("agreements:agreement", args=[agreement.pk]),
        still_due="agreements.agreement",
        subject_id=agreement.pk,
    )
