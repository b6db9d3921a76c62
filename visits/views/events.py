"""An event for students out of an incoming visit, by one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from events.choices import EventState
from visits.models.visits import Visit
from visits.services.events import draw_event


@staff_only
@require_POST
def event_draw(request: PortalRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(Visit.objects.visible_to(request.user), pk=pk)
    event = draw_event(visit, by=request.user, at=timezone.now())
    if event.state == EventState.DRAFT:
        messages.success(request, _("The event has what the visit says. Look it over, then announce it."))
    return redirect("events:event", pk=event.pk)
