"""Interview hours: kept by staff on a posting, booked by students on their application."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import signed_in, staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.errors import RuleBroken
from core.paging import page_of
from placements import rules
from placements.choices import ApplicationState
from placements.fields.interviews import BookForm, HourForm, OfferHoursForm
from placements.models.applications import Application
from placements.models.interviews import InterviewSlot
from placements.models.postings import Posting
from placements.selectors import interviews as selectors
from placements.services import interviews as services


def _posting(request: PortalRequest, pk: int) -> Posting:
    visible = Posting.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(visible.select_related("enterprise").prefetch_related("majors"), pk=pk)


@require_http_methods(["GET", "POST"])
@staff_only
def interviews(request: PortalRequest, pk: int) -> HttpResponse:
    """Who comes when; the form offers more hours."""
    posting = _posting(request, pk)
    rules.can_offer_hours(request.user, posting).or_raise()
    form = OfferHoursForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        location = attempt_once(form, lambda: _offer(request, posting, form))
        if location:
            return redirect(location)
    page = page_of(selectors.hours_of(posting), request)
    context = {"posting": posting, "form": form, "page": page, "now": timezone.now()}
    return render(request, "placements/interviews.html", context)


def _offer(request: PortalRequest, posting: Posting, form: OfferHoursForm) -> str:
    made = services.offer_hours(posting, **form.hours, by=request.user, at=timezone.now())
    said = ngettext("%(number)s hour is offered.", "%(number)s hours are offered.", len(made))
    messages.success(request, said % {"number": len(made)})
    return reverse("placements:interviews", args=[posting.pk])


def _slot(request: PortalRequest, pk: int) -> InterviewSlot:
    """An hour of a posting whose hours the person keeps; of another one they find nothing."""
    slot = get_object_or_404(InterviewSlot.objects.select_related("posting__enterprise"), pk=pk)
    rules.can_offer_hours(request.user, slot.posting).or_raise()
    return slot


@require_http_methods(["GET", "POST"])
@staff_only
def interview_edit(request: PortalRequest, pk: int) -> HttpResponse:
    slot = _slot(request, pk)
    named = {name: getattr(slot, name) for name in ("version", "capacity", "place", "online_url")}
    form = HourForm(request.POST if request.method == "POST" else None, initial=named)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        if attempt_edit(form, slot, lambda: services.change_hour(slot, **entered, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved. Whoever booked this hour is sent the new appointment."))
            return redirect("placements:interviews", pk=slot.posting_id)
    return render(request, "placements/interview_edit.html", {"slot": slot, "posting": slot.posting, "form": form})


@require_POST
@staff_only
def interview_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    slot = _slot(request, pk)
    try:
        told = services.cancel_hour(slot, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        said = ngettext(
            "The hour was taken back; %(number)s student is told.",
            "The hour was taken back; %(number)s students are told.",
            told,
        )
        messages.success(request, said % {"number": told})
    return redirect("placements:interviews", pk=slot.posting_id)


@require_POST
@signed_in
def interview_book(request: PortalRequest, pk: int) -> HttpResponse:
    """The student takes an hour, or another one instead."""
    application = get_object_or_404(Application.objects.filter(student=request.user), pk=pk)
    free = selectors.hour_choices(application.posting.interview_slots.annotate(taken=selectors.TAKEN))
    form = BookForm(request.POST, slots=free)
    if not form.is_valid():
        messages.error(request, _("Choose one of the hours."))
        return redirect("placements:application", pk=pk)
    slot = InterviewSlot(pk=form.cleaned_data["slot"])
    try:
        services.book_hour(application, slot, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The hour is yours. An appointment for your calendar comes by e-mail."))
    return redirect("placements:application", pk=pk)


@require_POST
@signed_in
def interview_give_back(request: PortalRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.filter(student=request.user), pk=pk)
    try:
        services.give_back_hour(application, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You have given the hour back. Please choose another one."))
    return redirect("placements:application", pk=pk)


def panel_of(request: PortalRequest, application: Application) -> dict[str, Any]:
    """What the page of an application says of the interview: the hour, and for the student the free ones."""
    now, booking = timezone.now(), selectors.booked_hour(application)
    is_own = application.student_id == request.user.pk
    is_ahead = booking is None or booking.slot.starts_at > now
    is_open = is_own and application.state == ApplicationState.INTERVIEW and is_ahead
    free = selectors.free_hours(application.posting, now=now) if is_open else None
    if free is not None and booking is not None:
        free = free.exclude(pk=booking.slot_id)
    slots = selectors.hour_choices(free[: selectors.OFFERED]) if free is not None else []
    return {"booking": booking, "is_open": is_open, "form": BookForm(slots=slots) if slots else None}
