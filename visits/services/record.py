"""Visits that took place before the portal knew of them: accounts of the past, the ledger's backlog."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Facility
from core.errors import RuleBroken
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from visits import rules
from visits.choices import VisitState
from visits.models.visits import Visit
from visits.services import plans, telling
from visits.services.plans import VisitPlan


@transaction.atomic
def record_past_visit(
    enterprise: Enterprise,
    *,
    by: User,
    at: datetime,
    starts_on: date | None,
    leader: User | None = None,
    **plan: Unpack[VisitPlan],
) -> Visit:
    """Enter a visit as held; nobody is told. Without a day where the account gives none.

    Raises RuleBroken for a day that is still ahead.
    """
    rules.can_plan(by).or_raise()
    if starts_on is not None and starts_on > timezone.localdate(at):
        raise RuleBroken(_("This day is still ahead: the visit cannot have taken place."))
    visit = plans.write_visit(
        enterprise, state=VisitState.HELD, starts_on=starts_on, leader=leader, organiser=by, plan=plan
    )
    visit.moves.create(state=VisitState.HELD, by=by, at=at)
    telling.on_timeline(visit, TimelineKind.VISIT_MOVED, by=by, at=at, detail=VisitState.HELD.value)
    return visit


@transaction.atomic
def show_places(visit: Visit, places: Iterable[Facility], *, by: User) -> Visit:
    """Say which places of the school the guests were shown."""
    rules.can_report(by, visit).or_raise()
    visit.places_shown.set(places)
    return visit
