"""The document of the API and the pages that explain it; both are about records and hold none."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.answers import VERSION
from api.choices import Scope
from api.document import document
from api.selectors import reference as selectors


@require_safe
@login_not_required
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1, for programs."""
    response = JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
@login_not_required
def reference(request: HttpRequest) -> HttpResponse:
    """How to begin, and everything that can be read."""
    context = {
        "sections": selectors.sections(),
        "scopes": Scope.choices,
        "explained": selectors.explained(),
        "version": VERSION,
        "base": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "api/reference.html", context)


@require_safe
@login_not_required
def section(request: HttpRequest, name: str) -> HttpResponse:
    """One resource: its addresses, parameters and fields."""
    try:
        found = selectors.section(name)
    except KeyError:
        raise Http404 from None
    return render(request, "api/section.html", {"section": found, "scope": selectors.scope_label(found.scope)})
