"""The inbox of everyone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import signed_in
from accounts.http import PortalRequest
from core.paging import page_of
from notifications.models.messages import OutgoingMessage
from notifications.selectors import messages as selectors
from notifications.services import inbox as services


@require_GET
@signed_in
def inbox(request: PortalRequest) -> HttpResponse:
    only_unread = request.GET.get("unread") == "1"
    page = page_of(selectors.inbox(request.user, only_unread=only_unread), request)
    template = "notifications/inbox.html#rows" if request.htmx else "notifications/inbox.html"
    return render(request, template, {"page": page, "only_unread": only_unread})


@require_POST
@signed_in
def read_all(request: PortalRequest) -> HttpResponse:
    services.mark_all_read(request.user, at=timezone.now())
    return redirect("notifications:inbox")


@require_GET
@signed_in
def open(request: PortalRequest, pk: int) -> HttpResponse:
    """Opening one's own message is reading it; nothing else follows from it, so a GET may note it."""
    message = get_object_or_404(OutgoingMessage.objects.inbox_of(request.user), pk=pk)
    services.mark_read(message, at=timezone.now())
    return render(request, "notifications/open.html", {"message": message})
