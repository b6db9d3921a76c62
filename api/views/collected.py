"""What was collected from other schools, for administrators of a portal that collects."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from api import rules
from api.selectors import collected as selectors


@require_GET
@staff_only
def collected(request: PortalRequest) -> HttpResponse:
    """Schools with when they were reached, and every figure with its sum."""
    _refuse_others(request)
    context = {"schools": selectors.schools(request.user), "lines": selectors.lines(request.user)}
    return render(request, "api/collected.html", context)


@require_GET
@staff_only
def collected_figure(request: PortalRequest, slug: str) -> HttpResponse:
    """One figure, school by school and month by month."""
    _refuse_others(request)
    line = selectors.line(request.user, slug)
    if line is None:
        raise Http404
    context = {"line": line, "months": selectors.months(request.user, slug)}
    return render(request, "api/collected_figure.html", context)


def _refuse_others(request: PortalRequest) -> None:
    if not rules.can_see_collected(request.user):
        raise Http404
