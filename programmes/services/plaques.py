"""Plaques that were awarded."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models.people import User
from partnerships import rules
from partnerships.choices.programmes import ProgrammeKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.communities import CommunityMeeting
from partnerships.models.enterprises import Enterprise
from partnerships.models.plaques import Plaque
from partnerships.services import timeline


@transaction.atomic
def award_plaque(
    *,
    awarded_to: str,
    kind: ProgrammeKind,
    by: User,
    at: datetime,
    enterprise: Enterprise | None = None,
    meeting: CommunityMeeting | None = None,
    awarded_on: date | None = None,
) -> Plaque:
    """Enter a plaque, of an enterprise or handed over at a meeting."""
    rules.can_keep_programmes(by).or_raise()
    plaque = Plaque.objects.create(
        awarded_to=awarded_to, kind=kind, enterprise=enterprise, meeting=meeting, awarded_on=awarded_on
    )
    if enterprise is not None:
        timeline.record(enterprise, TimelineKind.PLAQUE_AWARDED, by=by, at=at, text=awarded_to, detail=str(kind))
    return plaque
