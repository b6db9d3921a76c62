"""Lists of needs."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models.people import User
from accounts.models.school import Major
from core.search import search_query
from partnerships.choices.needs import NeedState
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need


def need_list(user: User, filters: dict[str, Any]) -> QuerySet[Need]:
    """Needs that a person asked for, the most pressing first; open ones unless another state is asked for."""
    rows = Need.objects.visible_to(user).select_related("enterprise", "owner").prefetch_related("majors")
    words = filters.get("find") or ""
    if words:
        query = search_query(words)
        named = Enterprise.objects.filter(search=query).order_by().values("pk") if query else Enterprise.objects.none()
        rows = rows.filter(Q(description__icontains=words) | Q(enterprise__in=named))
    if filters.get("kind"):
        rows = rows.filter(kind=filters["kind"])
    if filters.get("major"):
        rows = rows.filter(majors=filters["major"])
    state = filters.get("state") or NeedState.OPEN
    if state != "all":
        rows = rows.filter(state=state)
    return rows.order_by(F("wanted_by").asc(nulls_last=True), "-pk")


def major_choices() -> list[tuple[str, str]]:
    """Majors as (key, name); one query."""
    return [(str(major.pk), str(major)) for major in Major.objects.all()]
