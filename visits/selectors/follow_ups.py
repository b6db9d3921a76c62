"""What is to be done after visits, and what is so late that the office sees to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Q, QuerySet, Value, When

from accounts.models.people import User
from accounts.models.school import College
from core.search import search_query
from partnerships.models.enterprises import Enterprise
from visits.choices import FollowUpState
from visits.models.results import FollowUp
from visits.models.visits import Visit


def follow_up_list(user: User, filters: dict[str, Any], *, on: date) -> QuerySet[FollowUp]:
    """Open ones by default, soonest due first; closed ones last closed first."""
    rows = visible(user).select_related("visit__enterprise", "owner")
    if filters.get("find"):
        rows = rows.filter(_found(filters["find"]))
    if filters.get("owner"):
        rows = rows.filter(owner=filters["owner"])
    elif filters.get("whose") != "all" and filters.get("state") != "climbed":
        rows = rows.filter(Q(owner=user) | Q(visit__organiser=user))
    for name, path in (("college", "visit__colleges"), ("campaign", "visit__campaigns")):
        if filters.get(name):
            rows = rows.filter(**{path: filters[name]})
    rows = _in_state(rows, filters.get("state") or "open", on=on)
    return rows.annotate(
        is_late=Case(When(state=FollowUpState.OPEN, due_on__lt=on, then=Value(True)), default=Value(False))
    )


def _in_state(rows: QuerySet[FollowUp], state: str, *, on: date) -> QuerySet[FollowUp]:
    if state == "overdue":
        return rows.filter(state=FollowUpState.OPEN, due_on__lt=on)
    if state == "climbed":
        return rows.filter(has_climbed(on))
    if state == "closed":
        return rows.exclude(state=FollowUpState.OPEN).order_by("-closed_at", "-pk")
    return rows if state == "all" else rows.filter(state=FollowUpState.OPEN)


def _found(typed: str) -> Q:
    """Its own words, or the names of the enterprise."""
    query, words = search_query(typed), Q(what__icontains=typed)
    if query is None:
        return words
    return words | Q(visit__enterprise__in=Enterprise.objects.filter(search=query).order_by().values("pk"))


def visible(user: User) -> QuerySet[FollowUp]:
    """Follow-ups of visits that a person sees."""
    return FollowUp.objects.filter(visit__in=Visit.objects.visible_to(user).order_by().values("pk"))


def has_climbed(on: date) -> Q:
    """Open and so late that the office sees to it (settings.FOLLOW_UP_CLIMBS_AFTER_DAYS)."""
    first = on - timedelta(days=settings.FOLLOW_UP_CLIMBS_AFTER_DAYS)
    return Q(state=FollowUpState.OPEN, due_on__lte=first)


def climbed(on: date) -> QuerySet[FollowUp]:
    """What climbed to the office, latest first."""
    return (
        FollowUp.objects.filter(has_climbed(on)).select_related("visit__enterprise", "owner").order_by("due_on", "pk")
    )


def late_days(follow_up: FollowUp, *, on: date) -> int:
    """Days since it was due; negative while that is ahead."""
    return (on - follow_up.due_on).days


def college_choices() -> list[tuple[str, str]]:
    """Every college; one query."""
    return [(str(college.pk), str(college)) for college in College.objects.all()]
