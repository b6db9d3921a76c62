"""Programmes, to read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from partnerships.choices.programmes import ProgrammeKind
from programmes.selectors import plaques
from programmes.selectors import programmes as selectors


@staff_only
@require_GET
def programme_list(request: PortalRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    context = {
        "page": page_of(selectors.programme_list(request.user, kind), request),
        "plaques": plaques.plaques()[:50],
        "kinds": ProgrammeKind.choices,
        "kind": kind,
    }
    return render(request, "programmes/programme_list.html", context)


@staff_only
@require_GET
def programme(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(selectors.programme_with_parts(request.user), pk=pk)
    return render(request, "programmes/programme.html", {"programme": record, "enterprise": record.enterprise})
