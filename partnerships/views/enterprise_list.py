"""The list of enterprises, and the same on the map."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_by_key
from partnerships import exports, rules
from partnerships.choices.enterprises import ENTERPRISE_STALE_AFTER
from partnerships.forms.enterprise_filter import EnterpriseFilter
from partnerships.selectors import enterprise_list as selectors
from partnerships.selectors.codes import list_choices
from partnerships.selectors.exports import enterprise_columns, enterprise_export
from partnerships.selectors.provinces import province_tiles


@staff_only
@require_GET
def enterprise_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or the same rows as a workbook with `?format=xlsx`."""
    form = _filter(request)
    found = selectors.enterprise_rows(request.user, form.chosen, on=timezone.localdate())
    rows = selectors.with_facts(found, on=timezone.localdate())
    if request.GET.get("format") == "xlsx":
        return exports.workbook("enterprises", enterprise_columns(), enterprise_export(rows))
    context = {
        "form": form,
        "page": page_by_key(found, rows, request),
        "stale_before": timezone.now() - ENTERPRISE_STALE_AFTER,
        "may_add": rules.can_add_enterprise(request.user),
    }
    template = "partnerships/enterprise_list.html#rows" if request.htmx else "partnerships/enterprise_list.html"
    return render(request, template, context)


@staff_only
@require_GET
def enterprise_map(request: PortalRequest) -> HttpResponse:
    """How many of the filtered enterprises stand in each province; the same filters as the list."""
    form = _filter(request)
    counts = selectors.province_counts(selectors.enterprise_rows(request.user, form.chosen, on=timezone.localdate()))
    context = {
        "form": form,
        "tiles": province_tiles(counts, _narrowed(request)),
        "number": sum(counts.values()),
        "nowhere": counts.get("", 0),
    }
    template = "partnerships/enterprise_map.html#rows" if request.htmx else "partnerships/enterprise_map.html"
    return render(request, template, context)


def _filter(request: PortalRequest) -> EnterpriseFilter:
    return EnterpriseFilter(request.GET, choices=list_choices(request.GET.get("province", "")))


def _narrowed(request: PortalRequest) -> Callable[[str], str]:
    """The list with the filters of this page and one province."""

    def href(province: str) -> str:
        query = request.GET.copy()
        for key in ("page", "region"):
            query.pop(key, None)
        query["province"] = province
        return f"{reverse('partnerships:enterprise_list')}?{query.urlencode()}"

    return href
