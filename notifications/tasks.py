"""What runs by itself."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from core.alone import alone
from notifications import delivery
from notifications.delivering import deliver_due
from notifications.services import reminding


@shared_task(name="notifications.sweep", ignore_result=True, expires=60)
def sweep() -> None:
    """Ring again for what a stopped broker or a killed worker left behind, and for what now is due."""
    for channel in delivery.sweep(now=timezone.now()):
        deliver_due.delay(channel.value)


@shared_task(name="notifications.queue_reminders", ignore_result=True, expires=600)
def queue_reminders() -> None:
    """Whoever comes while another is at it has nothing to do."""
    with alone("notifications.queue_reminders") as is_alone:
        if is_alone:
            reminding.queue_reminders(now=timezone.now())
