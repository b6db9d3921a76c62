"""Talks, fairs and meetings, for staff to read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from events.choices import EventItemKind
from events.forms import EventFilter
from events.models import Event
from events.selectors import events as selectors


@require_GET
@staff_only
def event_list(request: PortalRequest) -> HttpResponse:
    filters = EventFilter(request.GET)
    page = page_of(selectors.event_list(request.user, filters.wanted), request)
    template = "events/event_list.html#rows" if request.htmx else "events/event_list.html"
    return render(request, template, {"filters": filters, "page": page})


@require_GET
@staff_only
def event(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    items = list(found.items.all())
    context = {
        "event": found,
        "enterprises": found.enterprises.all(),
        "speakers": found.speakers.select_related("enterprise"),
        "contents": [item for item in items if item.kind == EventItemKind.CONTENT],
        "audience": [item for item in items if item.kind == EventItemKind.AUDIENCE],
    }
    return render(request, "events/event.html", context)
