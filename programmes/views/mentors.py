"""Mentors, to read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from programmes.selectors import mentors as selectors


@staff_only
@require_GET
def mentor_list(request: PortalRequest) -> HttpResponse:
    year = timezone.localdate().year
    context = {
        "page": page_of(selectors.mentor_list(request.user), request),
        "targets": selectors.annual_targets(year),
        "appeared": selectors.mentors_of(year),
        "year": year,
    }
    return render(request, "programmes/mentor_list.html", context)
