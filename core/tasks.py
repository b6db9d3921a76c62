"""The heartbeat: beat rings, a worker answers, each leaves its sign, /readyz reads both."""

from __future__ import annotations

import time
from typing import Any

from celery import shared_task
from celery.signals import after_task_publish, beat_init
from django.core.cache import cache
from django.db import close_old_connections
from kombu.exceptions import OperationalError

BEAT, WORKER = SIGNS = ("core.beat_rang", "core.worker_answered")
ALIVE_SECONDS = 60


@shared_task(name="core.beat", ignore_result=True, expires=ALIVE_SECONDS)
def beat() -> None:
    """A worker ran it, so it is alive; it is asked only as long as beat rings."""
    cache.set(WORKER, time.time(), ALIVE_SECONDS)


@after_task_publish.connect(sender="core.beat")
def beat_rang(**about: Any) -> None:
    """Only beat rings this task, and the broker has taken it."""
    close_old_connections()  # beat lives for months, and the database may have been away
    cache.set(BEAT, time.time(), ALIVE_SECONDS)


@beat_init.connect
def beat_at_once(**about: Any) -> None:
    """A beat that has just started rings without waiting for its first round."""
    try:
        beat.delay()
    except OperationalError:
        return  # the broker is away; the schedule rings again
