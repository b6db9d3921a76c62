"""Counting a dashboard, and keeping what it says so that the next reader need not wait."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.http import Http404, QueryDict
from django.utils import timezone, translation

from accounts.models.people import User
from dashboards.board import Board
from dashboards.catalogue import BOARDS
from dashboards.models import CountedBoard
from dashboards.rules import readers_of
from reports.asking import scope_asked_for
from reports.figures.scope import Scope
from reports.selectors.doors import about

USED_FOR = timedelta(days=2)
KEPT_FOR = timedelta(days=30)
MOST_SECONDS = 120


def count_board(board: Board, scope: Scope, user: User, *, language: str) -> CountedBoard:
    """Count it for this reader and everybody who sees the same; an older count gives way."""
    begun = time.monotonic()
    with translation.override(language):
        content = board.count(scope)
    now = timezone.now()
    counted, _is_new = CountedBoard.objects.update_or_create(
        board=board.slug,
        about=about(scope),
        readers=readers_of(user),
        language=language,
        defaults={
            "content": content,
            "counted_at": now,
            "took": int((time.monotonic() - begun) * 1000),
            "opened_at": now,
            "opened_by": user,
        },
    )
    return counted


def count_again(pk: int) -> bool:
    """Count a kept dashboard anew with the eyes of its last reader; what nobody may read so any more goes."""
    kept = CountedBoard.objects.select_related("opened_by").filter(pk=pk).first()
    if kept is None:
        return False
    user, board = kept.opened_by, BOARDS.get(kept.board)
    opened_at = kept.opened_at
    try:
        scope = scope_asked_for(user, QueryDict(kept.about))
    except Http404:  # a campaign or college that is gone
        board = None
    if board is None or not user.is_active or readers_of(user) != kept.readers:
        kept.delete()
        return False
    count_board(board, scope, user, language=kept.language)
    CountedBoard.objects.filter(pk=pk).update(opened_at=opened_at)
    return True


def recount(*, now: datetime, older_than: timedelta) -> int:
    """Dashboards that were opened of late are counted anew, the oldest first, for two minutes at most."""
    CountedBoard.objects.filter(opened_at__lt=now - KEPT_FOR).delete()
    old = CountedBoard.objects.filter(opened_at__gte=now - USED_FOR, counted_at__lt=now - older_than)
    begun, counted = time.monotonic(), 0
    for pk in old.order_by("counted_at").values_list("pk", flat=True):
        if time.monotonic() - begun > MOST_SECONDS:
            break
        counted += count_again(pk)
    return counted
