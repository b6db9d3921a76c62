"""Communities, to read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from communities.selectors import communities as selectors
from core.paging import page_of
from partnerships.models.communities import Community


@staff_only
@require_GET
def community_list(request: PortalRequest) -> HttpResponse:
    page = page_of(selectors.community_list(request.user), request)
    return render(request, "communities/community_list.html", {"page": page})


@staff_only
@require_GET
def community(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Community.objects.visible_to(request.user), pk=pk)
    context = {"community": record, "shown": selectors.community_page(record)}
    return render(request, "communities/community.html", context)
