"""Writing the timeline: one entry in the transaction of the change it tells of."""

from __future__ import annotations

from datetime import datetime

from accounts.models.people import User
from partnerships.choices import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry


def record(
    enterprise: Enterprise,
    kind: TimelineKind,
    *,
    by: User | None,
    at: datetime,
    text: str = "",
    detail: str = "",
    link: str = "",
) -> TimelineEntry:
    """Tell what happened around an enterprise; see TimelineEntry for what text and detail hold."""
    return TimelineEntry.objects.create(
        enterprise=enterprise, kind=kind, by=by, at=at, text=text[:400], detail=detail, link=link
    )
