"""Somebody or something opened a link; nothing else follows from it."""

from __future__ import annotations

from datetime import datetime

from surveys.models.asking import SurveyLink


def note_opened(link: SurveyLink, *, at: datetime) -> None:
    """Keep when a link was first opened."""
    if link.opened_at is None:
        SurveyLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=at)
