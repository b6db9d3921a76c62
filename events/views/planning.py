"""Planning an event and moving it on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_edit, attempt_once
from events import rules
from events.forms.events import EventEditForm, EventNewForm
from events.forms.taking_part import MoveForm
from events.models import Event
from events.selectors import events as selectors
from events.services import planning
from events.views.events import page_context


@staff_only
@require_http_methods(["GET", "POST"])
def event_new(request: PortalRequest) -> HttpResponse:
    """`?enterprise=` names one that takes part."""
    rules.can_hold_event(request.user).or_raise()
    initial = {"organiser": request.user.pk, "takes_sign_ups": True, "enterprises": _named(request)}
    form = EventNewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def plan() -> str:
            planned = planning.plan_event(**form.said, by=request.user, at=timezone.now())
            return reverse("events:event", args=[planned.pk])

        if address := attempt_once(form, plan):
            messages.success(request, _("The event is a draft. Announce it when students may see it."))
            return redirect(address)
    return _form_page(request, {"form": form})


@staff_only
@require_http_methods(["GET", "POST"])
def event_edit(request: PortalRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    rules.can_change(request.user, event).or_raise()
    form = EventEditForm(request.POST or None, instance=event)
    if request.method == "POST" and form.is_valid():
        said = {"version": form.cleaned_data["version"], **form.said}
        if attempt_edit(form, event, lambda: planning.change_event(event, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("events:event", pk=pk)
    return _form_page(request, {"form": form, "event": event})


def _form_page(request: PortalRequest, context: dict[str, Any]) -> HttpResponse:
    """The page of the form, or of it what was found by `?find=`."""
    words = request.GET.get("find", "").strip()[:100]
    found = selectors.enterprises_to_choose(request.user, words)
    template = "events/_found.html" if request.htmx else "events/event_form.html"
    return render(request, template, {**context, "words": words, "found": found})


def _named(request: PortalRequest) -> list[int]:
    wanted = request.GET.get("enterprise", "")
    return [int(wanted[:18])] if wanted.isdecimal() else []


@staff_only
@require_POST
def event_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One step; what cannot be is said on the page of the event."""
    event = get_object_or_404(selectors.event_page(request.user), pk=pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
        at = timezone.now()
        if attempt(form, lambda: planning.move_event(event, to, by=request.user, at=at, reason=reason)):
            messages.success(request, _("The event is now: %(state)s.") % {"state": to.label})
            return redirect("events:event", pk=pk)
    return render(request, "events/event.html", page_context(request, event, move_form=form), status=422)


@staff_only
@require_POST
def event_discard(request: PortalRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    planning.discard_event(event, by=request.user)
    messages.success(request, _("The draft is gone."))
    return redirect("events:event_list")
