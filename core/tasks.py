"""The heartbeat: beat rings, a worker answers, /readyz reads both."""

from __future__ import annotations

import time
from typing import Any

from celery import shared_task
from celery.signals import beat_init
from django.core.cache import cache
from kombu.exceptions import OperationalError

HEARTBEAT = "core.heartbeat"
HEARTBEAT_SECONDS = 60


@shared_task(name="core.beat", ignore_result=True, expires=HEARTBEAT_SECONDS)
def beat() -> None:
    """Beat queued it and a worker ran it, so both are alive."""
    cache.set(HEARTBEAT, time.time(), HEARTBEAT_SECONDS)


@beat_init.connect
def beat_at_once(**about: Any) -> None:
    """A beat that has just started rings without waiting for its first round."""
    try:
        beat.delay()
    except OperationalError:
        return  # the broker is away; the schedule rings again
