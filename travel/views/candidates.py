"""Whom to visit: enterprises with the reasons to go there."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_by_key
from exporting.sending import exported
from partnerships.selectors.codes import list_choices
from travel import exports, rules
from travel.forms.candidates import CandidateFilter
from travel.selectors import candidates as selectors
from travel.selectors.choices import major_choices
from travel.selectors.reasons import reasons_of


@staff_only
@require_GET
def candidate_list(request: PortalRequest) -> HttpResponseBase:
    """The list, or its rows alone for htmx; ticked rows become a trip."""
    on = timezone.localdate()
    choices = list_choices(request.GET.get("province", ""))
    form = CandidateFilter(request.GET, choices=choices, majors=major_choices())
    found = selectors.candidates(request.user, form.chosen, on=on)
    if "format" in request.GET:
        return exported(request, exports.candidates(on=on), selectors.with_reasons(found, on=on), filters=form)
    page = page_by_key(found, selectors.with_reasons(found, on=on), request)
    for row in page:
        row.reasons = reasons_of(row, on=on)  # type: ignore[attr-defined]
    template = "travel/candidate_list.html#rows" if request.htmx else "travel/candidate_list.html"
    return render(request, template, {"form": form, "page": page, "may_plan": rules.can_plan_trip(request.user)})
