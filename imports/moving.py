"""A step of any kind of list: taken under a lock by one person, queued for a worker."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from celery.app.task import Task
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from imports import rules
from imports.choices import ImportState
from imports.models import ImportRun
from notifications.ringing import ring

R = TypeVar("R", bound=ImportRun)


def locked(run: R, state: ImportState, *, by: User) -> R:
    """The import under a lock; raises RuleBroken when it does not stand where the page showed it."""
    rules.can_import(by).or_raise()
    fresh: R = type(run)._default_manager.select_for_update().get(pk=run.pk)
    if fresh.state != state:
        reason = _("This import has moved on meanwhile: %(state)s.") % {"state": fresh.get_state_display()}
        raise RuleBroken(reason)
    return fresh


def queue(run: R, state: ImportState, task: Task[Any, Any], *, at: datetime) -> R:
    """Have a worker do the next step; it is rung after the commit."""
    run.state, run.failed_in, run.queued_at, run.attempts = state, "", at, 0
    run.claim, run.claimed_at, run.done_rows, run.total_rows = None, None, 0, 0
    run.save()
    transaction.on_commit(partial(ring, task, run.pk))
    return run
