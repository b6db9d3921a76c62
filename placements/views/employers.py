"""Employers as students see them: the list, and the public face of one."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import school_only
from accounts.http import PortalRequest
from core.paging import page_of
from partnerships import rules as partnership_rules
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.codes import code_choices
from placements.forms.filters import EmployerFilter
from placements.selectors import employers as selectors
from placements.selectors.postings import profile_of


@require_GET
@school_only
def employer_list(request: PortalRequest) -> HttpResponse:
    on, profile = timezone.localdate(), profile_of(request.user)
    filters = EmployerFilter(request.GET, codes=code_choices(), for_student=profile is not None)
    page = page_of(selectors.employer_list(filters.wanted, on=on, profile=profile), request)
    context = {"filters": filters, "page": page, "rows": selectors.employer_rows(page), "profile": profile}
    template = "placements/employer_list.html#rows" if request.htmx else "placements/employer_list.html"
    return render(request, template, context)


@require_GET
@school_only
def employer(request: PortalRequest, pk: int) -> HttpResponse:
    """What students read of an enterprise; a file that was merged leads to the one that was kept."""
    on, profile = timezone.localdate(), profile_of(request.user)
    face = selectors.face(pk, request.user, on=on, profile=profile)
    if face is None:
        kept = selectors.kept_instead(pk)
        if kept is None:
            raise Http404
        return redirect("placements:employer", pk=kept)
    context = {"face": face, "employer": face.employer, "profile": profile, "today": on}
    if request.user.is_school_staff:
        record = Enterprise.objects.only("owner", "deputy").get(pk=pk)
        context["may_change"] = partnership_rules.can_change_enterprise(request.user, record)
    return render(request, "placements/employer.html", context)
