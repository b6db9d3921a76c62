"""Guidance for students: who advises, which hours are free, and what they booked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import school_only, students_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.errors import RuleBroken
from guidance import rules
from guidance.choices import AppointmentState
from guidance.forms import BookForm, ChangeForm, NoteForm
from guidance.models import AdviceSlot, Appointment
from guidance.selectors import guidance as selectors
from guidance.services import appointments as services


@school_only
@require_GET
def guidance(request: PortalRequest) -> HttpResponse:
    """Everybody sees who advises; students book, advisers go to their hours."""
    now, user = timezone.now(), request.user
    is_student = not user.is_school_staff
    context = {
        "advisers": selectors.advisers_with_hours(now),
        "mine": selectors.appointments_of(user) if is_student else [],
        "is_student": is_student,
        "may_advise": rules.can_advise(user),
        "may_name": rules.can_name_advisers(user),
    }
    return render(request, "guidance/guidance.html", context)


@students_only
@require_http_methods(["GET", "POST"])
def book(request: PortalRequest, pk: int) -> HttpResponse:
    slot = get_object_or_404(AdviceSlot.objects.select_related("adviser__user"), pk=pk)
    form = BookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("topic", "question")}

        def take() -> str:
            booked = services.book(slot, **said, student=request.user, at=timezone.now())
            return reverse("guidance:appointment", args=[booked.pk])

        if address := attempt_once(form, take):
            messages.success(request, _("The hour is yours. You are reminded the day before."))
            return redirect(address)
    return render(request, "guidance/book.html", {"form": form, "slot": slot})


def appointment_or_404(request: PortalRequest, pk: int) -> Appointment:
    """One's own, or any for advisers."""
    found = selectors.appointment_for(request.user, pk)
    if found is None:
        raise Http404
    return found


@school_only
@require_GET
def appointment(request: PortalRequest, pk: int) -> HttpResponse:
    """For the student whose it is, and for advisers, who also see the notes."""
    found = appointment_or_404(request, pk)
    return render(request, "guidance/appointment.html", page_context(request, found))


def page_context(request: PortalRequest, appointment: Appointment, **forms: object) -> dict[str, object]:
    user, now = request.user, timezone.now()
    is_mine = appointment.student_id == user.pk
    is_ahead = appointment.state == AppointmentState.BOOKED and appointment.slot.starts_at > now
    may_advise = not is_mine and rules.can_advise(user)
    context: dict[str, object] = {
        "appointment": appointment,
        "slot": appointment.slot,
        "is_mine": is_mine,
        "may_change": is_mine and is_ahead,
        "may_cancel": is_ahead and rules.can_cancel(user, appointment),
        "may_mark": appointment.slot.starts_at <= now
        and appointment.state != AppointmentState.CANCELLED
        and rules.can_mark(user, appointment),
    }
    if may_advise:
        context |= {"notes": selectors.notes_of(appointment.student), "note_form": NoteForm()}
    return context | forms


@students_only
@require_http_methods(["GET", "POST"])
def appointment_edit(request: PortalRequest, pk: int) -> HttpResponse:
    found, now = appointment_or_404(request, pk), timezone.now()
    form = ChangeForm(request.POST or None, appointment=found, now=now)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: services.change(found, **form.cleaned_data, by=request.user, at=now))
    ):
        messages.success(request, _("Saved."))
        return redirect("guidance:appointment", pk=pk)
    return render(request, "guidance/appointment_edit.html", {"form": form, "appointment": found})


@school_only
@require_POST
def appointment_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    try:
        services.cancel(appointment_or_404(request, pk), by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Cancelled; the other one is told."))
    return redirect("guidance:appointment", pk=pk)
