"""The page behind each figure, and its rows as a workbook."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from partnerships.models.codes import Province
from reports.asking import scope_asked_for
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.selectors import amended
from reports.selectors import figure as selectors
from reports.selectors.chips import chips
from reports.selectors.progress import target_lines
from reports.workbook import figure_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@staff_only
def figure(request: PortalRequest, slug: str) -> HttpResponse:
    """Definition, value and the very rows, for what the address narrows them to (`reports.asking`)."""
    found = _figure(slug)
    scope = found.fitting(scope_asked_for(request.user, request.GET))
    page = page_of(selectors.ordered(found.page_rows(scope)), request)
    province = Province.objects.filter(code=f"{scope.province}0000").first() if scope.province else None
    context = {
        "figure": found,
        "scope": scope,
        "value": found.value(scope),
        "page": page,
        "rows": selectors.shown_rows(found, page, scope),
        "parts": selectors.parts(found, scope),
        "targets": target_lines(found, scope),
        "chips": chips(found, scope, province=str(province or "")),
        "stood": [] if scope.is_narrowed else selectors.as_it_stood(found, scope),
        "amended": amended.of_figure(found, scope),
        "as_of": timezone.now(),
    }
    return render(request, "reports/figure.html", context)


@require_GET
@staff_only
def figure_export(request: PortalRequest, slug: str) -> HttpResponse:
    """The rows of the figure page as a workbook."""
    found = _figure(slug)
    response = HttpResponse(
        figure_workbook(found, found.fitting(scope_asked_for(request.user, request.GET))), content_type=XLSX
    )
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


def _figure(slug: str) -> Figure:
    try:
        return FIGURES[slug]
    except KeyError:
        raise Http404 from None
