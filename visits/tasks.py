"""Celery's way in."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from visits.services import drafts
from visits.services.reminding import queue_reminders as queue


@shared_task(name="visits.queue_reminders", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def queue_reminders() -> None:
    queue(now=timezone.now())


@shared_task(name="visits.clean_drafts", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def clean_drafts() -> None:
    drafts.clean_drafts(now=timezone.now())
