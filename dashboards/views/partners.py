"""Enterprises of the ladder with the evidence that puts them on their rung."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from dashboards.selectors.partners import partner_page


@require_GET
@staff_only
def partner_list(request: PortalRequest) -> HttpResponse:
    """`?figure=` is one of those about partners, `part` the rung, `window` the months."""
    return render(request, "dashboards/partner_list.html", {"list": partner_page(request, request.user)})
