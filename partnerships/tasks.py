"""Celery's way in."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from partnerships.services import suspects, yearly


@shared_task(name="partnerships.find_suspects", ignore_result=True, expires=3600)
def find_suspects() -> None:
    """Look for files of one enterprise for some minutes; while that helps and files wait, the bell rings again."""
    if suspects.find_suspects(at=timezone.now()):
        find_suspects.delay()


@shared_task(name="partnerships.ask_to_confirm", ignore_result=True)
def ask_to_confirm() -> None:
    """Ask who should have been by now; running twice asks nobody twice."""
    yearly.ask_to_confirm(now=timezone.now())
