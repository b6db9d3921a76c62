"""The register of agreements: the list, the calendar of ends, and what sleeps."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from agreements import exports
from agreements.forms.filters import AgreementFilter
from agreements.selectors import calendar
from agreements.selectors import sleeping as sleep
from agreements.selectors.register import agreement_list as rows_of
from agreements.selectors.register import partner_names
from core.paging import page_of
from exporting.sending import exported
from partnerships.rules import can_export_contacts
from partnerships.selectors.codes import register_choices


@staff_only
@require_GET
def agreement_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or with `?format=` the way to a file of them."""
    form = AgreementFilter(request.GET, choices=register_choices())
    rows = rows_of(request.user, form.chosen, on=timezone.localdate())
    if "format" in request.GET:
        people = can_export_contacts(request.user)
        return exported(request, exports.AGREEMENTS, rows, filters=form, people=people)
    page = page_of(rows, request)
    for row in page:
        row.partner_names = partner_names(row)  # type: ignore[attr-defined]  # for the template
    template = "agreements/agreement_list.html#rows" if request.htmx else "agreements/agreement_list.html"
    return render(request, template, {"form": form, "page": page})


@staff_only
@require_GET
def agreement_calendar(request: PortalRequest) -> HttpResponse:
    """A year of ends, `?year=` names it."""
    on = timezone.localdate()
    year = calendar.year_of(request.GET.get("year", ""), on=on)
    months = calendar.ending_in(request.user, year, on=on)
    context = {
        "year": str(year),
        "before": str(year - 1) if year > calendar.FIRST_YEAR else None,
        "after": str(year + 1) if year < calendar.LAST_YEAR else None,
        "months": months,
        "number": sum(len(month.rows) for month in months),
    }
    return render(request, "agreements/agreement_calendar.html", context)


@staff_only
@require_GET
def sleeping_agreements(request: PortalRequest) -> HttpResponseBase:
    """What sleeps, or with `?format=` the way to a file of it."""
    rows = sleep.sleeping_list(request.user, on=timezone.localdate())
    if "format" in request.GET:
        return exported(request, exports.SLEEPING, rows)
    page = page_of(rows, request)
    context = {
        "page": page,
        "sleepers": sleep.sleepers(list(page)),
        "months": settings.AGREEMENT_SLEEPS_AFTER_MONTHS,
    }
    return render(request, "agreements/sleeping_agreements.html", context)
