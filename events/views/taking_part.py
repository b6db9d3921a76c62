"""What a student does around an event: signing up and off, tickets, questions, feedback."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import students_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.errors import RuleBroken
from core.paging import page_of
from events.choices import RegistrationState
from events.forms.taking_part import FeedbackForm, QuestionForm
from events.models import Event
from events.selectors import events as selectors
from events.selectors import tickets
from events.services import seats, voices
from events.views.events import page_context


def _event(request: PortalRequest, pk: int) -> Event:
    return get_object_or_404(selectors.event_page(request.user), pk=pk)


@students_only
@require_POST
def sign_up(request: PortalRequest, pk: int) -> HttpResponse:
    try:
        mine = seats.sign_up(_event(request, pk), student=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        if mine.state == RegistrationState.WAITING:
            messages.info(request, _("All places are taken. You are on the waiting list and will be told."))
        else:
            messages.success(request, _("You have a place. Show your ticket at the door."))
    return redirect("events:event", pk=pk)


@students_only
@require_POST
def sign_off(request: PortalRequest, pk: int) -> HttpResponse:
    try:
        seats.sign_off(_event(request, pk), student=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("You are signed off. The place goes to the next one who waits."))
    return redirect("events:event", pk=pk)


@students_only
@require_GET
def my_events(request: PortalRequest) -> HttpResponse:
    page = page_of(tickets.registrations_of(request.user), request)
    return render(request, "events/my_events.html", {"page": page, "today": timezone.localdate()})


@students_only
@require_POST
def ask(request: PortalRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():

        def put() -> str:
            voices.ask(event, text=form.cleaned_data["text"], student=request.user, at=timezone.now())
            return f"{reverse('events:event', args=[pk])}#questions"

        if address := attempt_once(form, put):
            messages.success(request, _("Your question is asked; nobody sees your name."))
            return redirect(address)
    return render(request, "events/event.html", page_context(request, event, question_form=form), status=422)


@students_only
@require_POST
def feedback(request: PortalRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    form = FeedbackForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: voices.give_feedback(event, **said, student=request.user, at=timezone.now())):
            messages.success(request, _("Thank you for saying how it was."))
            return redirect("events:event", pk=pk)
    return render(request, "events/event.html", page_context(request, event, feedback_form=form), status=422)
