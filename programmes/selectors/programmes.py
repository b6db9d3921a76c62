"""Programmes, mentors and yearly aims as pages show them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models.people import User
from partnerships.choices.programmes import ProgrammeKind
from partnerships.models.mentors import AnnualTarget, Mentor
from partnerships.models.plaques import Plaque
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


def plaques() -> QuerySet[Plaque]:
    """Every plaque that hangs somewhere or hung."""
    return Plaque.objects.select_related("enterprise", "meeting").order_by("-awarded_on", "-pk")


def mentor_list(user: User) -> QuerySet[Mentor]:
    """Mentors with the number of their appearances."""
    rows = Mentor.objects.all() if user.is_school_staff else Mentor.objects.none()
    return rows.select_related("enterprise").annotate(appeared=Count("appearances")).order_by("name", "pk")


def annual_targets(year: int) -> QuerySet[AnnualTarget]:
    """The aims of a year, and those set for every year."""
    return AnnualTarget.objects.filter(Q(year=year) | Q(year__isnull=True)).order_by("name")


def mentors_of(year: int) -> int:
    """How many mentors appeared on campus in a year: the number beside the yearly aim."""
    return Mentor.objects.filter(appearances__held_on__year=year).distinct().count()
