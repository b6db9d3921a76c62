"""Celery's way in."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from events.services.reminding import queue_reminders as queue


@shared_task(name="events.queue_reminders", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def queue_reminders() -> None:
    queue(now=timezone.now())
