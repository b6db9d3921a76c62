"""Mentors and yearly aims as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models.people import User
from core.search import search_query
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import AnnualTarget, Mentor, MentorAppearance, MentorAppointment

SORTS: dict[str, list[Any]] = {
    "name": ["name", "pk"],
    "most": ["-appeared", "name", "pk"],
    "ending": [F("ends_on").asc(nulls_last=True), "name", "pk"],
}


def _in_year(year: int) -> QuerySet[MentorAppearance, Any]:
    return MentorAppearance.objects.filter(mentor=OuterRef("pk"), held_on__year=year).order_by().values("mentor")


def counted(rows: QuerySet[Mentor], year: int) -> QuerySet[Mentor]:
    """Each mentor with `appeared` and `hours` of a year."""
    number = _in_year(year).annotate(n=Count("pk")).values("n")
    hours = _in_year(year).annotate(n=Sum("hours")).values("n")
    return rows.annotate(appeared=Coalesce(Subquery(number, IntegerField()), 0), hours=Subquery(hours))


def mentor_list(user: User, filters: dict[str, Any], *, on: date) -> QuerySet[Mentor]:
    """Mentors that were asked for, with what they did in the year asked for or the one of `on`."""
    year = filters.get("year") or on.year
    rows = counted(Mentor.objects.visible_to(user), year)
    if words := filters.get("find"):
        query = search_query(words)
        named = Enterprise.objects.filter(search=query).order_by().values("pk") if query else Enterprise.objects.none()
        own = Q(name__icontains=words) | Q(title__icontains=words) | Q(expertise__icontains=words)
        rows = rows.filter(own | Q(enterprise__in=named))
    terms = MentorAppointment.objects.filter(mentor=OuterRef("pk"))
    if college := filters.get("college"):
        rows = rows.filter(Exists(terms.filter(college=college)))
    if major := filters.get("major"):
        rows = rows.filter(Exists(Mentor.majors.through.objects.filter(mentor=OuterRef("pk"), major=major)))
    if state := filters.get("state"):
        appointed = Exists(terms.in_force(on))
        rows = rows.filter(appointed if state == "appointed" else ~appointed)
    if counts := filters.get("counts"):
        on_campus = Exists(MentorAppearance.objects.filter(mentor=OuterRef("pk"), held_on__year=year))
        rows = rows.filter(on_campus if counts == "yes" else ~on_campus)
    last = Subquery(terms.order_by(F("to_on").desc(nulls_first=True)).values("to_on")[:1])
    rows = rows.annotate(ends_on=last).select_related("enterprise")
    rows = rows.prefetch_related(Prefetch("appointments", MentorAppointment.objects.select_related("college")))
    return rows.order_by(*SORTS[filters.get("sort") or "name"])


def mentor_with_parts(user: User) -> QuerySet[Mentor]:
    """Mentors with their terms, their majors and all that they did."""
    appearances = MentorAppearance.objects.select_related("programme", "by")
    terms = MentorAppointment.objects.select_related("college")
    return (
        Mentor.objects.visible_to(user)
        .select_related("enterprise", "contact")
        .prefetch_related("majors", Prefetch("appearances", appearances), Prefetch("appointments", terms))
    )


@dataclass(frozen=True)
class YearOfMentor:
    """What a mentor did in a year; pay that was not paid yet stands apart and is never added to what was."""

    year: int
    appearances: int
    hours: Decimal
    paid: Decimal
    unpaid: Decimal


def years_of(mentor: Mentor) -> list[YearOfMentor]:
    """The newest first, from the appearances that mentor_with_parts has fetched."""
    years: dict[int, list[MentorAppearance]] = {}
    for each in mentor.appearances.all():
        years.setdefault(each.held_on.year, []).append(each)
    nothing = Decimal(0)
    return [
        YearOfMentor(
            year,
            len(each),
            sum((one.hours or nothing for one in each), nothing),
            sum((one.pay or nothing for one in each if one.paid_on), nothing),
            sum((one.pay or nothing for one in each if not one.paid_on), nothing),
        )
        for year, each in sorted(years.items(), reverse=True)
    ]


def annual_targets(year: int) -> QuerySet[AnnualTarget]:
    """The aims of a year, and those set for every year."""
    return AnnualTarget.objects.filter(Q(year=year) | Q(year__isnull=True)).order_by("name")


def mentors_of(year: int) -> int:
    """Who counts for the yearly aim: mentors who did something on campus in the year, each once."""
    return Mentor.objects.filter(appearances__held_on__year=year).distinct().count()
