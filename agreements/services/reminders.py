"""Storing the reminders that are due."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from agreements.reminders import PromiseReminder, Reminder, due_promises, due_reminders
from notifications.choices import Matter
from notifications.models import OutgoingMessage
from notifications.services import notify


def queue(*, now: datetime) -> int:
    """Store what should exist by now; returns how many messages are new."""
    ends, promises = list(due_reminders(now)), list(due_promises(now))
    keys = [reminder.key for reminder in ends] + [reminder.key for reminder in promises]
    told = set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", "recipient"))
    new = sum(_tell(each, now=now) for each in ends if (each.key, each.to.pk) not in told)
    return new + sum(_tell_promise(each, now=now) for each in promises if (each.key, each.to.pk) not in told)


def _tell(reminder: Reminder, *, now: datetime) -> int:
    agreement, review, successor = reminder.agreement, reminder.review, reminder.successor
    with translation.override(reminder.to.language):
        enterprise = str(agreement.enterprise)
        decided_by = str(review.by) if review else ""
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
            "review": review,
            "decided_by": decided_by,
            "successor": successor,
        },
        at=now,
        link=reverse("visits:renewal_review", args=[agreement.pk]),
        still_due="agreements.agreement",
        subject_id=agreement.pk,
    )


def _tell_promise(reminder: PromiseReminder, *, now: datetime) -> int:
    promise = reminder.promise
    with translation.override(reminder.to.language):
        enterprise, side = str(promise.enterprise), promise.get_side_display()
    return notify(
        reminder.to,
        key=reminder.key,
        matter=Matter.AGREEMENT,
        template="emails/agreements/promise_due.txt",
        context={
            "promise": promise,
            "enterprise": enterprise,
            "side": side,
            "is_overdue": reminder.is_overdue,
        },
        at=now,
        link=reverse("agreements:promise", args=[promise.pk]),
        still_due="agreements.promise",
        subject_id=promise.pk,
    )
