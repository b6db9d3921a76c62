"""The tasks that services ring: one message now, or everything that waits on a channel."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from notifications import delivery
from notifications.choices import Channel


@shared_task(name="notifications.deliver", acks_late=True, ignore_result=True)
def deliver(message_id: int) -> None:
    delivery.deliver_message(message_id, now=timezone.now())


@shared_task(name="notifications.deliver_due", ignore_result=True, expires=120)
def deliver_due(channel: str) -> None:
    """Ringing twice is harmless: two runs share what waits."""
    delivery.deliver_due(Channel(channel))
