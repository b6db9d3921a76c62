"""Programmes as pages show them."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from accounts.models.people import User
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.programmes import Programme


def programme_list(user: User, kind: str = "") -> QuerySet[Programme]:
    """Programmes with their outcomes and what was promised for them."""
    rows = Programme.objects.visible_to(user).select_related("enterprise").prefetch_related("outcomes", "majors")
    if kind in ProgrammeKind.values:
        rows = rows.filter(kind=kind)
    return rows.annotate(promised=Sum("investments__promised")).order_by("name", "pk")


def programme_with_parts(user: User) -> QuerySet[Programme]:
    """Programmes with all that hangs on them."""
    rows = Programme.objects.visible_to(user).select_related("enterprise", "agreement")
    return rows.prefetch_related("majors", "features", "outcomes", "investments")
