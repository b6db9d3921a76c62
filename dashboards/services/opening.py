"""Opening a dashboard: what is kept is shown with its time, what is missing or worn is counted at once."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.models.people import User
from dashboards.board import Board
from dashboards.counting import count_board
from dashboards.models import CountedBoard
from dashboards.rules import readers_of
from dashboards.tasks import count_again
from notifications.ringing import ring
from reports.figures.scope import Scope
from reports.selectors.doors import about


def open_board(board: Board, scope: Scope, user: User, *, now: datetime, is_anew: bool = False) -> CountedBoard:
    """What the dashboard says to this reader. A little old, it is counted again by a worker meanwhile."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    place = {"board": board.slug, "about": about(scope), "readers": readers_of(user), "language": language}
    kept = None if is_anew else CountedBoard.objects.filter(**place).first()
    if kept is None or kept.is_older_than(settings.BOARDS_WORN, now=now):
        return count_board(board, scope, user, language=language)
    CountedBoard.objects.filter(pk=kept.pk).update(opened_at=now, opened_by=user)
    if kept.is_older_than(settings.BOARDS_LAST, now=now):
        transaction.on_commit(partial(ring, count_again, kept.pk))
    return kept
