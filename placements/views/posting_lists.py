"""Lists of postings: of all, and of one enterprise."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of, page_of_keys
from exporting.sending import exported
from partnerships.models.enterprises import Enterprise
from placements import rules
from placements.exports import POSTINGS
from placements.searching import search_of
from placements.selectors import postings as selectors
from placements.selectors.search import find_postings, postings_found


@require_GET
@login_not_required
def posting_list(request: PortalRequest) -> HttpResponseBase:
    """Open to visitors, who see the open postings; for staff `?format=` is the way to a file of all that is found."""
    search, form = search_of(request.user, request.GET, on=timezone.localdate())
    if "format" in request.GET and selectors.is_staff(request.user):
        rows = selectors.for_rows(postings_found(search), request.user)
        return exported(request, POSTINGS, rows, filters=form)
    found = find_postings(search, majors=form.majors)
    form.show_counts(found)
    for_staff = selectors.is_staff(request.user)
    page = page_of_keys(
        found.keys, selectors.for_rows(search.everything, request.user), request, has_more=found.has_more
    )
    context = {
        "form": form,
        "found": found,
        "page": page,
        "rows": selectors.posting_rows(page, on=search.on, profile=search.profile),
        "profile": search.profile,
        "for_staff": for_staff,
        "today": search.on,
    }
    template = "placements/posting_list.html#rows" if request.htmx else "placements/posting_list.html"
    return render(request, template, context)


@require_GET
@staff_only
def enterprise_postings(request: PortalRequest, pk: int) -> HttpResponse:
    """The tab of an enterprise's file."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    on = timezone.localdate()
    page = page_of(selectors.enterprise_postings(enterprise, request.user), request)
    context = {
        "enterprise": enterprise,
        "page": page,
        "rows": selectors.posting_rows(page, on=on, profile=None),
        "for_staff": True,
        "rate": selectors.response_rate(enterprise, on=on),
        "may_draft": rules.can_draft(request.user),
        "today": on,
    }
    return render(request, "placements/enterprise_postings.html", context)
