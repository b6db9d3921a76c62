"""Celery's way in."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from visits.services import drafts


@shared_task(name="visits.clean_drafts", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def clean_drafts() -> None:
    drafts.clean_drafts(now=timezone.now())
