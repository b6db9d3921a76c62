"""Celery's way into the desk."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from desk.services import accounts
from desk.services.deciding import tell_decisions


@shared_task(name="desk.end_accounts", ignore_result=True, expires=3600)
def end_accounts() -> None:
    accounts.end_due_accounts(now=timezone.now())


@shared_task(name="desk.queue_letters", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def queue_letters() -> None:
    """What was decided of offers."""
    tell_decisions(now=timezone.now())
