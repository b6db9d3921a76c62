"""What is to be done after visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from accounts.models.people import User
from visits.choices import FollowUpState
from visits.models.results import FollowUp
from visits.models.visits import Visit


def follow_up_list(user: User, filters: dict[str, Any], *, on: date) -> QuerySet[FollowUp]:
    """Open ones by default, soonest due first; closed ones last closed first."""
    rows = visible(user).select_related("visit__enterprise", "owner")
    if filters.get("whose") != "all":
        rows = rows.filter(Q(owner=user) | Q(visit__organiser=user))
    state = filters.get("state") or "open"
    if state == "overdue":
        rows = rows.filter(state=FollowUpState.OPEN, due_on__lt=on)
    elif state == "open":
        rows = rows.filter(state=FollowUpState.OPEN)
    elif state == "closed":
        rows = rows.exclude(state=FollowUpState.OPEN).order_by("-closed_at", "-pk")
    return rows.annotate(
        is_late=Case(When(state=FollowUpState.OPEN, due_on__lt=on, then=Value(True)), default=Value(False))
    )


def visible(user: User) -> QuerySet[FollowUp]:
    """Follow-ups of visits that a person sees."""
    return FollowUp.objects.filter(visit__in=Visit.objects.visible_to(user).order_by().values("pk"))
