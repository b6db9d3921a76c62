"""Queueing what reminders.py found; running it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from following.reminders import Closing, closing_reminders
from following.selectors.stopping import stop_path
from notifications.choices import Matter
from notifications.services import notify


def queue_reminders(*, now: datetime) -> int:
    """Store the reminders that are due and not stored yet; how many messages are new."""
    return sum(_queue(closing, now=now) for closing in closing_reminders(now))


def _queue(closing: Closing, *, now: datetime) -> int:
    posting = closing.follow.posting
    with translation.override(closing.to.language):
        context: dict[str, object] = {
            "posting": str(posting),
            "enterprise": str(posting.enterprise),
            "closes_on": posting.closes_on,
            "days": closing.days,
            "stop": f"{settings.SITE_URL}{stop_path(closing.follow)}",
        }
    return notify(
        closing.to,
        key=closing.key,
        matter=Matter.POSTING,
        template="emails/following/closes_soon.txt",
        context=context,
        at=now,
        link=reverse("placements:posting", args=[posting.pk]),
        still_due="following.closing",
        subject_id=closing.follow.pk,
    )
