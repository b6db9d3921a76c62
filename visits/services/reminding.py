"""Queueing what reminders.py found; running it twice changes nothing."""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch

from django.urls import reverse
from django.utils import timezone, translation

from notifications.choices import Matter
from notifications.models import OutgoingMessage
from notifications.services import notify
from visits.reminders import (
    ClimbedReminder,
    FollowUpReminder,
    Reminder,
    ReportReminder,
    VisitReminder,
    due_reminders,
)
from visits.selectors.follow_ups import late_days
from visits.services.telling import words_of

MOST_LISTED = 20


def queue_reminders(*, now: datetime) -> int:
    """Store the reminders that are due and not stored yet; how many messages are new."""
    due = list(due_reminders(now))
    rows = OutgoingMessage.objects.filter(key__in=[reminder.key for reminder in due])
    told = set(rows.values_list("key", "recipient"))
    return sum(_queue(reminder, now=now) for reminder in due if (reminder.key, reminder.to.pk) not in told)


@singledispatch
def _queue(reminder: Reminder, *, now: datetime) -> int:
    raise TypeError(f"Nothing is known of {reminder!r}.")


@_queue.register
def _follow_up(reminder: FollowUpReminder, *, now: datetime) -> int:
    follow_up = reminder.follow_up
    return notify(
        reminder.to,
        key=reminder.key,
        matter=Matter.FOLLOW_UP,
        template="emails/visits/follow_up_due.txt",
        context={
            **words_of(follow_up.visit, reminder.to),
            "what": follow_up.what,
            "due_on": follow_up.due_on,
            "ahead": -reminder.late,
            "late": reminder.late,
        },
        at=now,
        link=reverse("visits:follow_up_close", args=[follow_up.pk]),
        still_due="visits.follow_up",
        subject_id=follow_up.pk,
    )


@_queue.register
def _visit(reminder: VisitReminder, *, now: datetime) -> int:
    return notify(
        reminder.to,
        key=reminder.key,
        matter=Matter.VISIT,
        template="emails/visits/visit_ahead.txt",
        context={**words_of(reminder.visit, reminder.to), "days": reminder.days},
        at=now,
        link=reverse("visits:briefing", args=[reminder.visit.pk]),
        still_due="visits.visit",
        subject_id=reminder.visit.pk,
    )


@_queue.register
def _report(reminder: ReportReminder, *, now: datetime) -> int:
    return notify(
        reminder.to,
        key=reminder.key,
        matter=Matter.VISIT,
        template="emails/visits/report_missing.txt",
        context=words_of(reminder.visit, reminder.to),
        at=now,
        link=reverse("visits:report", args=[reminder.visit.pk]),
        still_due="visits.report",
        subject_id=reminder.visit.pk,
    )


@_queue.register
def _climbed(reminder: ClimbedReminder, *, now: datetime) -> int:
    """One digest with the latest ones by name; the rest is a number."""
    on = timezone.localdate(now)
    with translation.override(reminder.to.language):
        items = [
            {
                "what": item.what,
                "enterprise": str(item.visit.enterprise),
                "owner": str(item.owner),
                "late": late_days(item, on=on),
            }
            for item in reminder.late[:MOST_LISTED]
        ]
    return notify(
        reminder.to,
        key=reminder.key,
        matter=Matter.FOLLOW_UP,
        template="emails/visits/follow_ups_climbed.txt",
        context={"items": items, "number": len(reminder.late), "more": len(reminder.late) - len(items)},
        at=now,
        link=reverse("visits:follow_up_list") + "?state=climbed",
        still_due="visits.climbed",
        subject_id=reminder.to.pk,
    )
