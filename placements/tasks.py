"""Celery's way in."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from placements.services.answer_reminding import queue_answer_reminders as queue_answers
from placements.services.applications import close_unanswered as close_applications
from placements.services.postings import close_due_postings
from placements.services.reminding import queue_reminders as queue


@shared_task(name="placements.queue_reminders", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def queue_reminders() -> None:
    queue(now=timezone.now())
    queue_answers(now=timezone.now())


@shared_task(name="placements.close_postings", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def close_postings() -> None:
    close_due_postings(now=timezone.now())


@shared_task(name="placements.close_unanswered", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def close_unanswered() -> None:
    close_applications(now=timezone.now())
