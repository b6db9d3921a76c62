"""Celery's way into dashboards."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from dashboards import counting


@shared_task(name="dashboards.count_again", ignore_result=True, expires=300)
def count_again(pk: int) -> None:
    counting.count_again(pk)


@shared_task(name="dashboards.recount", ignore_result=True, expires=300)
def recount() -> None:
    """What people look at is counted before they ask."""
    counting.recount(now=timezone.now(), older_than=timedelta(seconds=settings.BOARDS_LAST))
