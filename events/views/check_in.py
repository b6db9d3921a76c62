"""At the door: tickets, the code in the room, and the list of who came."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import school_only, staff_only, students_only
from accounts.http import PortalRequest
from core.acting import attempt
from core.decisions import YES
from core.errors import RuleBroken
from core.paging import page_of
from events import exports, qr, room_code, rules
from events.choices import EventState
from events.forms.taking_part import CameForm
from events.models import Event, Registration
from events.selectors import attendance as selectors
from events.services import presence
from exporting.sending import exported


def _ticket(request: PortalRequest, ticket: str) -> tuple[Registration, bool]:
    """Its owner's, or anybody's for those at the door; whoever else has the address finds nothing."""
    found = get_object_or_404(Registration.objects.select_related("event__room", "student"), ticket=ticket)
    may_check_in = bool(rules.can_check_in(request.user))
    if not may_check_in and found.student_id != request.user.pk:
        raise Http404
    return found, may_check_in


@school_only
@require_http_methods(["GET", "POST"])
def ticket(request: PortalRequest, ticket: str) -> HttpResponse:
    """Its owner shows it; a colleague whose phone opens it lets the owner in with one button."""
    found, may_check_in = _ticket(request, ticket)
    if request.method == "POST":
        rules.can_check_in(request.user).or_raise()
        try:
            presence.let_in(found.event, found.student, by=request.user, at=timezone.now())
        except RuleBroken as error:
            messages.warning(request, str(error))
        return redirect("events:ticket", ticket=ticket)
    template = "events/ticket_check.html" if may_check_in else "events/ticket.html"
    return render(request, template, {"registration": found, "event": found.event})


@school_only
@require_GET
def ticket_code(request: PortalRequest, ticket: str) -> HttpResponse:
    _found, _may_check_in = _ticket(request, ticket)
    return qr.picture(request.build_absolute_uri(reverse("events:ticket", args=[ticket])))


def _kept(request: PortalRequest, pk: int) -> Event:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("room"), pk=pk)
    rules.can_check_in(request.user).or_raise()
    return event


@staff_only
@require_GET
def room(request: PortalRequest, pk: int) -> HttpResponse:
    """For the projector: a code that is another one every minute."""
    event = _kept(request, pk)
    context = {
        "event": event,
        "is_open": event.state == EventState.PUBLISHED and event.held_on == timezone.localdate(),
        "came": event.registrations.filter(checked_in_at__isnull=False).count(),
        "code": room_code.code_at(event, timezone.now()),
    }
    return render(request, "events/room.html#code" if request.htmx else "events/room.html", context)


@staff_only
@require_GET
def room_picture(request: PortalRequest, pk: int) -> HttpResponse:
    event = _kept(request, pk)
    code = room_code.code_at(event, timezone.now())
    return qr.picture(request.build_absolute_uri(reverse("events:here", args=[pk, code])))


@students_only
@require_http_methods(["GET", "POST"])
def here(request: PortalRequest, pk: int, code: str) -> HttpResponse:
    """What a student's phone opens from the code in the room; one button says “I am here”."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("room"), pk=pk)
    context: dict[str, object] = {"event": event, "holds": room_code.holds(event, code, timezone.now())}
    if request.method == "POST":
        try:
            presence.come_by_code(event, code, student=request.user, at=timezone.now())
        except RuleBroken as error:
            context["refusal"] = str(error)
        else:
            messages.success(request, _("Welcome. You are on the list of those who came."))
            return redirect("events:event", pk=pk)
    return render(request, "events/here.html", context, status=409 if "refusal" in context else 200)


@staff_only
@require_http_methods(["GET", "POST"])
def attendance(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Who came; `?format=` leads to a file of them. A number enters somebody by hand."""
    event = _kept(request, pk)
    if "format" in request.GET:
        return exported(request, exports.attendance(event), selectors.attendance(event), people=YES)
    form = CameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        came = form.cleaned_data["number"]
        if attempt(form, lambda: presence.let_in(event, came, by=request.user, at=timezone.now())):
            messages.success(request, _("%(student)s is on the list.") % {"student": came})
            return redirect("events:attendance", pk=pk)
    page = page_of(selectors.attendance(event), request, per_page=100)
    context = {
        "event": event, "form": form, "page": page, "lines": selectors.lines(event, page),
        "counts": selectors.counts(event), "may_keep": rules.can_keep(request.user, event),
    }  # fmt: skip
    return render(request, "events/attendance.html", context)


@staff_only
@require_POST
def attendance_change(request: PortalRequest, pk: int) -> HttpResponse:
    """Let somebody of the list in, or take it back with `back`."""
    found = get_object_or_404(Registration.objects.select_related("event", "student"), pk=pk)
    if "back" in request.POST:
        presence.take_back(found, by=request.user)
    else:
        presence.let_in(found.event, found.student, by=request.user, at=timezone.now())
    return redirect("events:attendance", pk=found.event_id)
