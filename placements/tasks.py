"""Celery's way in."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from placements.services.applications import close_unanswered as close_applications
from placements.services.postings import close_due_postings


@shared_task(name="placements.close_postings", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def close_postings() -> None:
    close_due_postings(now=timezone.now())


@shared_task(name="placements.close_unanswered", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def close_unanswered() -> None:
    close_applications(now=timezone.now())
