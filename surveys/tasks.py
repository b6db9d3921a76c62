"""Celery's way in."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from surveys.services import reminding


@shared_task(name="surveys.queue_reminders", ignore_result=True)
def queue_reminders() -> int:
    """Store every reminder that should exist by now; running twice stores nothing twice."""
    return reminding.queue(now=timezone.now())
