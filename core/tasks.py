"""The heartbeat: beat rings, a worker answers, /readyz reads both."""

from __future__ import annotations

import time

from celery import shared_task
from django.core.cache import cache

HEARTBEAT = "core.heartbeat"
HEARTBEAT_SECONDS = 60


@shared_task(name="core.beat", ignore_result=True, expires=HEARTBEAT_SECONDS)
def beat() -> None:
    """Beat queued it and a worker ran it, so both are alive."""
    cache.set(HEARTBEAT, time.time(), HEARTBEAT_SECONDS)
