"""Numbers about postings and applications, the rows behind each, and both as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from exporting.sending import exported
from placements import exports, rules
from placements.forms.numbers import NumbersFilter
from placements.selectors import numbers as selectors
from placements.selectors.number_choices import classes, colleges
from placements.selectors.number_rows import row_set
from placements.selectors.numbers_of_enterprises import lines


def _asked(request: PortalRequest) -> tuple[NumbersFilter, selectors.Scope]:
    filters = NumbersFilter(request.GET, classes=classes(), colleges=colleges(request.user))
    return filters, selectors.scope_of(request.user, filters.chosen, on=timezone.localdate())


@require_GET
@staff_only
def numbers(request: PortalRequest) -> HttpResponseBase:
    """Every number opens its rows; leadership reads the numbers of applications only."""
    filters, scope = _asked(request)
    if "format" in request.GET:
        return exported(request, exports.ENTERPRISES, lines(scope), filters=filters)
    context = {
        "filters": filters,
        "chips": filters.chips,
        "summary": selectors.summary(scope),
        "stages": selectors.stages(scope),
        "enterprises": lines(scope, most=selectors.MOST_ENTERPRISES),
        "majors": selectors.majors_with_few(scope),
        "few": selectors.few(),
        "may_open": rules.can_see_applicants(request.user),
    }
    template = "placements/numbers.html#rows" if request.htmx else "placements/numbers.html"
    return render(request, template, context)


@require_GET
@staff_only
def rows(request: PortalRequest, slug: str) -> HttpResponseBase:
    filters, scope = _asked(request)
    found = row_set(slug, scope)
    if found is None or (found.of == "applications" and not rules.can_see_applicants(request.user)):
        raise Http404
    if "format" in request.GET:
        people = rules.can_see_applicants(request.user)
        return exported(request, exports.behind_a_number(found), found.rows, filters=filters, people=people)
    page = page_of(found.rows, request)
    context: dict[str, Any] = {"found": found, "page": page, "chips": filters.chips, "slug": slug}
    return render(request, "placements/number_rows.html", context)
