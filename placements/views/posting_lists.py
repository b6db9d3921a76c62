"""Lists of postings: of all, as a workbook, and of one enterprise."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from partnerships.models.enterprises import Enterprise
from placements import ledger, rules
from placements.forms.filters import PostingFilter
from placements.selectors import postings as selectors


@require_GET
@login_not_required
def posting_list(request: PortalRequest) -> HttpResponse:
    """Open to visitors, who see the open postings."""
    on, profile = timezone.localdate(), selectors.profile_of(request.user)
    for_staff = selectors.is_staff(request.user)
    filters = PostingFilter(request.GET, for_staff=for_staff, for_student=profile is not None)
    postings = selectors.posting_list(request.user, filters.wanted, on=on, profile=profile)
    page = page_of(postings, request)
    context = {
        "filters": filters,
        "page": page,
        "rows": selectors.posting_rows(page, on=on, profile=profile),
        "profile": profile,
        "for_staff": for_staff,
        "today": on,
    }
    template = "placements/posting_list.html#rows" if request.htmx else "placements/posting_list.html"
    return render(request, template, context)


@require_GET
@staff_only
def posting_export(request: PortalRequest) -> FileResponse:
    """Exactly the rows that the list is filtered to."""
    filters = PostingFilter(request.GET, for_staff=True, for_student=False)
    postings = selectors.posting_list(request.user, filters.wanted, on=timezone.localdate())
    return FileResponse(ledger.posting_workbook(postings), as_attachment=True, filename=_("postings.xlsx"))


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
