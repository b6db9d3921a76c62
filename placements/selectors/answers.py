"""Answers that were promised: what waits for one, and what waited too long."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from placements.choices import ApplicationState
from placements.models.applications import Application, ApplicationQuerySet

WAITING = (ApplicationState.SUBMITTED, ApplicationState.SEEN)


def unanswered() -> ApplicationQuerySet:
    """Sent, perhaps looked at, and not answered yet."""
    return Application.objects.filter(state__in=WAITING)


def unanswered_too_long(on: date) -> ApplicationQuerySet:
    """What nobody answered until so many days after the promised one; the last of them still counts."""
    last = on - timedelta(days=settings.NO_REPLY_AFTER_DAYS)
    return unanswered().filter(posting__answer_by__lt=last)
