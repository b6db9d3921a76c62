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


def ring(task: Task[Any, Any], row_id: int) -> bool:
    """Queue the task for a stored row; returns whether the broker took it. Never fails, never waits twice."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        task.delay(row_id)
    except OperationalError:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("The broker is away; %s of row %s waits for the sweep.", task.name, row_id)
        return False
    return True
