"""Plaques as pages show them, and how they stand to the school's own conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models.people import User
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.models.plaques import Plaque
from placements.choices import ApplicationState, PostingKind
from placements.models.applications import ApplicationMove
from programmes.models import PlaqueCondition

YEAR_BEGINS = 9  # September: the academic year


def plaque_list(user: User, filters: dict[str, Any]) -> QuerySet[Plaque]:
    """Plaques that hang or hung, the newest first."""
    rows = Plaque.objects.visible_to(user).select_related("enterprise", "meeting", "programme")
    if words := filters.get("find"):
        named = Q(enterprise__legal_name__icontains=words) | Q(enterprise__name_en__icontains=words)
        rows = rows.filter(Q(awarded_to__icontains=words) | Q(text__icontains=words) | named)
    if kind := filters.get("kind"):
        rows = rows.filter(kind=kind)
    if state := filters.get("state"):
        rows = rows.filter(taken_down_on__isnull=state == "hangs")
    return rows.order_by("-awarded_on", "-pk")


@dataclass(frozen=True)
class Condition:
    """One of the school's own conditions: is it met, what is asked, what is on file."""

    is_met: bool
    asked: str
    found: str


def academic_year(day: date) -> int:
    """The year in which the academic year of a day began."""
    return day.year if day.month >= YEAR_BEGINS else day.year - 1


def advice(enterprise: Enterprise, kind: str, *, on: date) -> list[Condition]:
    """How an enterprise stands to what the school asks before a plaque of a kind; empty where it asks nothing."""
    asked = PlaqueCondition.objects.filter(kind=kind).first()
    if asked is None:
        return []
    found = []
    agreements = Agreement.objects.filter(parties__enterprise=enterprise)
    if asked.needs_agreement:
        in_force = agreements.in_force(on).count()
        words = ngettext("%(number)d in force", "%(number)d in force", in_force) % {"number": in_force}
        found.append(Condition(in_force > 0, _("an agreement in force"), words))
    if asked.years:
        found.append(_years(agreements, asked.years, on=on))
    if asked.interns:
        found.append(_interns(enterprise, asked, on=on))
    return found


def _years(agreements: QuerySet[Agreement], years: int, *, on: date) -> Condition:
    """Since the first agreement that was signed, whether it holds still or was renewed."""
    signed = agreements.filter(state__in=[AgreementState.SIGNED, AgreementState.RENEWED])
    first = signed.aggregate(first=Min("starts_on"))["first"]
    whole = 0 if first is None else on.year - first.year - ((on.month, on.day) < (first.month, first.day))
    asked = ngettext("%(number)d year of cooperation", "%(number)d years of cooperation", years) % {"number": years}
    words = _("no agreement was signed yet")
    if first is not None:
        words = ngettext("%(number)d whole year", "%(number)d whole years", max(whole, 0)) % {"number": max(whole, 0)}
    return Condition(whole >= years, asked, words)


def interns_by_year(enterprise: Enterprise) -> dict[int, int]:
    """Interns who accepted, by the academic year in which they did; the year is the one that it began in."""
    accepted = ApplicationMove.objects.filter(
        state=ApplicationState.ACCEPTED,
        application__state=ApplicationState.ACCEPTED,
        application__posting__enterprise=enterprise,
        application__posting__kind=PostingKind.INTERNSHIP,
    )
    years: dict[int, int] = {}
    for day, number in accepted.values_list("at__date").annotate(number=Count("pk")).order_by("at__date"):
        years[academic_year(day)] = years.get(academic_year(day), 0) + number
    return years


def _interns(enterprise: Enterprise, asked: PlaqueCondition, *, on: date) -> Condition:
    """Enough interns in so many of the last academic years, the running one among them."""
    taken, this = interns_by_year(enterprise), academic_year(on)
    looked_at = range(this - max(asked.intern_years, 3) + 1, this + 1)
    enough = [year for year in looked_at if taken.get(year, 0) >= asked.interns]
    words = ngettext(
        "%(number)d intern a year, in %(years)d academic year",
        "%(number)d interns a year, in %(years)d academic years",
        asked.interns,
    )
    last = ", ".join(f"{year}/{(year + 1) % 100:02}: {taken.get(year, 0)}" for year in looked_at)
    return Condition(
        len(enough) >= asked.intern_years, words % {"number": asked.interns, "years": asked.intern_years}, last
    )
