"""Celery's way into notifications."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from notifications import delivery


@shared_task(
    name="notifications.deliver",
    autoretry_for=(OSError,),
    retry_backoff=30,
    retry_jitter=True,
    max_retries=6,
    acks_late=True,
    ignore_result=True,
)
def deliver(message_id: int) -> None:
    delivery.deliver_message(message_id, now=timezone.now())


@shared_task(name="notifications.sweep", ignore_result=True, expires=60)
def sweep() -> None:
    """Ring again for what a stopped broker or a killed worker left behind."""
    for message_id in delivery.sweep(now=timezone.now()):
        deliver.delay(message_id)


@shared_task(name="notifications.deliver_letters", ignore_result=True)
def deliver_letters(first_id: int) -> None:
    """Ring for every letter that nobody took yet, from the first of a batch on; ringing twice is harmless."""
    for message_id in delivery.waiting_letters(first_id, now=timezone.now()):
        deliver.delay(message_id)
