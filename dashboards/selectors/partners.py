"""The page of enterprises on the ladder: their evidence as numbers, each beside the list that it is counted from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest
from django.urls import reverse

from accounts.models.people import User
from core.paging import page_of
from partnerships.models.enterprises import Enterprise
from reports.asking import scope_asked_for
from reports.choices import Rung
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.selectors.doors import href

SLUGS = ("partners", "partners-rose", "partners-fell", "partners-level-differs")


@dataclass(frozen=True)
class Evidence:
    """One number of an enterprise, and the page of its file with the rows behind it."""

    number: int
    href: str
    of: int | None = None


@dataclass(frozen=True)
class Partner:
    enterprise: Enterprise
    rung: str
    before: str
    has_moved: bool
    evidence: list[Evidence]
    received: Decimal
    money: str


@dataclass(frozen=True)
class PartnerPage:
    figure: Figure
    scope: Scope
    page: Page[Any]
    rows: list[Partner]
    export: str
    rungs: list[tuple[str, str]]


def partner_page(request: HttpRequest, user: User) -> PartnerPage:
    """Two queries; raises Http404 for a figure that is none of these."""
    slug = request.GET.get("figure", "partners")
    if slug not in SLUGS:
        raise Http404
    figure = FIGURES[slug]
    scope = figure.fitting(scope_asked_for(user, request.GET))
    page = page_of(figure.rows(scope).order_by("-rung", "legal_name", "pk"), request)
    return PartnerPage(
        figure,
        scope,
        page,
        [_partner(row) for row in page],
        href(slug, scope),
        [(rung.value, str(rung.label)) for rung in reversed(Rung)],
    )


def _partner(row: Any) -> Partner:
    def behind(name: str, number: int, of: int | None = None) -> Evidence:
        return Evidence(number, reverse(name, args=[row.pk]), of)

    return Partner(
        enterprise=row,
        rung=str(Rung(row.rung).label),
        before=str(Rung(row.rung_before).label),
        has_moved=row.rung != row.rung_before,
        evidence=[
            behind("visits:enterprise_visits", row.visits_held),
            behind("agreements:enterprise_agreements", row.agreements_now),
            behind("placements:enterprise_postings", row.postings_out),
            behind("placements:enterprise_postings", row.students_taken),
            behind("agreements:enterprise_promises", row.promises_kept, row.promises_due),
            behind("partnerships:enterprise", row.mentors_now),
        ],
        received=row.yuan_received,
        money=f"{reverse('programmes:investment_list')}?enterprise={row.pk}",
    )
