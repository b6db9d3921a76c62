"""Celery's way in."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from following.services.telling import tell_of_news as tell


@shared_task(name="following.tell_of_news", autoretry_for=(OperationalError,), retry_backoff=30, max_retries=3)
def tell_of_news() -> None:
    tell(now=timezone.now())
