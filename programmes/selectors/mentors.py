"""Mentors and yearly aims as pages show them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from accounts.models.people import User
from partnerships.models.mentors import AnnualTarget, Mentor


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
