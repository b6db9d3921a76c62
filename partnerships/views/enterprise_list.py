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
from exporting.sending import exported
from partnerships import rules
from partnerships.exports.enterprises import ENTERPRISES
from partnerships.forms.lists import enterprise_filter
from partnerships.selectors import enterprise_list as selectors
from partnerships.selectors import freshness
from partnerships.selectors.provinces import province_tiles


@staff_only
@require_GET
def enterprise_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or with `?format=` the way to a file of them."""
    form = enterprise_filter(request.GET)
    on = timezone.localdate()
    found = selectors.enterprise_rows(request.user, form.chosen, on=on)
    if "format" in request.GET:
        people = rules.can_export_contacts(request.user)
        return exported(request, ENTERPRISES, found, filters=form, people=people)
    page = page_by_key(found, selectors.with_facts(found, on=on), request)
    for row in page:
        row.is_stale = freshness.is_stale_file(row, on)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "page": page,
        "may_add": rules.can_add_enterprise(request.user),
    }
    template = "partnerships/enterprise_list.html#rows" if request.htmx else "partnerships/enterprise_list.html"
    return render(request, template, context)


@staff_only
@require_GET
def enterprise_map(request: PortalRequest) -> HttpResponse:
    """How many of the filtered enterprises stand in each province; the same filters as the list."""
    form = enterprise_filter(request.GET)
    counts = selectors.province_counts(selectors.enterprise_rows(request.user, form.chosen, on=timezone.localdate()))
    context = {
        "form": form,
        "tiles": province_tiles(counts, _narrowed(request)),
        "number": sum(counts.values()),
        "nowhere": counts.get("", 0),
    }
    template = "partnerships/enterprise_map.html#rows" if request.htmx else "partnerships/enterprise_map.html"
    return render(request, template, context)


def _narrowed(request: PortalRequest) -> Callable[[str], str]:
    """The list with the filters of this page and one province."""

    def href(province: str) -> str:
        query = request.GET.copy()
        for key in ("page", "region"):
            query.pop(key, None)
        query["province"] = province
        return f"{reverse('partnerships:enterprise_list')}?{query.urlencode()}"

    return href
