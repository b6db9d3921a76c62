"""The dashboard, and the page behind each of its figures."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.choices import Role
from accounts.http import PortalRequest
from core.paging import page_of
from partnerships.models.codes import Province
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure, Scope
from reports.selectors import amended
from reports.selectors import dashboard as selectors
from reports.selectors import figure as figure_selectors
from reports.workbook import figure_workbook
from visits.models.campaigns import Campaign, Trip

Asked = TypeVar("Asked", Campaign, Trip)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@staff_only
def dashboard(request: PortalRequest) -> HttpResponse:
    """`?campaign=` a campaign's number or `all`; without it the campaign that runs."""
    on = timezone.localdate()
    campaigns = selectors.campaigns(request.user)
    campaign = selectors.chosen(campaigns, request.GET.get("campaign", ""), on=on)
    scope = Scope(campaign, on, request.user)
    context = {
        "campaigns": campaigns,
        "campaign": campaign,
        "board": selectors.dashboard(scope, request.user),
        "figures": FIGURES.values(),
        "as_of": timezone.now(),
    }
    return render(request, "reports/dashboard.html", context)


@require_GET
@staff_only
def figure(request: PortalRequest, slug: str) -> HttpResponse:
    """Definition, value and the very rows; `?campaign=&trip=&led_by=&province=&part=` narrow all of them."""
    found = _figure(slug)
    scope = _scope(request)
    page = page_of(figure_selectors.ordered(found.page_rows(scope)), request)
    context = {
        "figure": found,
        "scope": scope,
        "value": found.value(scope),
        "page": page,
        "rows": figure_selectors.shown_rows(found, page, scope),
        "parts": figure_selectors.parts(found, scope),
        "targets": selectors.target_lines(found, scope),
        "province": Province.objects.filter(code=f"{scope.province}0000").first() if scope.province else None,
        "led_by": Role(scope.led_by).label if scope.led_by else "",
        "stood": figure_selectors.as_it_stood(found, scope),
        "amended": amended.of_figure(found, scope),
        "as_of": timezone.now(),
    }
    return render(request, "reports/figure.html", context)


@require_GET
@staff_only
def figure_export(request: PortalRequest, slug: str) -> HttpResponse:
    """The rows of the figure page as a workbook."""
    found = _figure(slug)
    response = HttpResponse(figure_workbook(found, _scope(request)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


def _figure(slug: str) -> Figure:
    try:
        return FIGURES[slug]
    except KeyError:
        raise Http404 from None


def _scope(request: PortalRequest) -> Scope:
    """What the address narrows to; a campaign or trip that this person may not see is not found."""
    user = request.user
    return Scope(
        campaign=_wanted(Campaign.objects.visible_to(user), request.GET.get("campaign", "")),
        trip=_wanted(Trip.objects.visible_to(user), request.GET.get("trip", "")),
        on=timezone.localdate(),
        user=user,
        led_by=request.GET["led_by"] if request.GET.get("led_by") in Role.values else "",
        province=request.GET.get("province", "")[:2],
        part=request.GET.get("part", "")[:20],
    )


def _wanted(rows: QuerySet[Asked], number: str) -> Asked | None:
    """Nothing for no number or `all`; 404 for one that is not there."""
    if number in ("", "all"):
        return None
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    return get_object_or_404(rows, pk=number)
