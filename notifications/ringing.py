"""Telling a worker that there is something to do, when the broker may be away."""

from __future__ import annotations

import logging
import time
from typing import Any

from celery.app.task import Task
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

# After a failure nobody waits for the broker again for a while: the rows are stored, and sweeps ring for them.
QUIET_SECONDS = 10
_quiet_until = 0.0


def ring(task: Task[Any, Any], about: int | str) -> bool:
    """Queue the task about a row or a channel; returns whether the broker took it. Never fails, never waits twice."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        task.delay(about)
    except OperationalError:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("The broker is away; %s of %s waits for the sweep.", task.name, about)
        return False
    return True
