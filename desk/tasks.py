"""Celery's way into the desk."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from desk.services import accounts


@shared_task(name="desk.end_accounts", ignore_result=True, expires=3600)
def end_accounts() -> None:
    accounts.end_due_accounts(now=timezone.now())
