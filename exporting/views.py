"""Who took which list along: everything for the office, one's own for everybody else."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import school_only
from accounts.http import PortalRequest
from core.paging import page_of
from exporting import selectors
from exporting.columns import EXPORTS
from exporting.forms import ExportFilter
from exporting.sending import exported


@school_only
@require_GET
def export_list(request: PortalRequest) -> HttpResponseBase:
    user = request.user
    form = ExportFilter(request.GET, people=selectors.people_in_log(user), tables=selectors.tables_taken(user))
    rows = selectors.export_list(user, form.chosen)
    if "format" in request.GET:
        return exported(request, EXPORTS, rows, filters=form)
    template = "exporting/export_list.html#rows" if request.htmx else "exporting/export_list.html"
    return render(request, template, {"form": form, "page": page_of(rows, request), "sees_all": user.is_office})
