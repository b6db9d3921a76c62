"""Celery's way into the ledger."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from ledger import working


@shared_task(name="ledger.work", acks_late=True, ignore_result=True)
def work(run_id: int) -> None:
    working.work(run_id, now=timezone.now())


@shared_task(name="ledger.sweep", ignore_result=True, expires=60)
def sweep() -> None:
    """Ring again for what a stopped broker or a killed worker left behind."""
    for run_id in working.sweep(now=timezone.now()):
        work.delay(run_id)
