"""Answering and hiding what students ask."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from events.forms.taking_part import AnswerForm
from events.models import EventQuestion
from events.services import voices


def _question(pk: int) -> EventQuestion:
    return get_object_or_404(EventQuestion.objects.select_related("event", "student"), pk=pk)


@staff_only
@require_POST
def answer(request: PortalRequest, pk: int) -> HttpResponse:
    question, form = _question(pk), AnswerForm(request.POST)
    if form.is_valid():
        voices.answer(question, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, _("Answered; whoever asked is told."))
    else:
        messages.warning(request, _("Write an answer first."))
    return redirect(f"{reverse('events:event', args=[question.event_id])}#questions")


@staff_only
@require_POST
def hide(request: PortalRequest, pk: int) -> HttpResponse:
    """Hide it, or show it again with `back`."""
    question = _question(pk)
    voices.show(question, is_hidden="back" not in request.POST, by=request.user)
    return redirect(f"{reverse('events:event', args=[question.event_id])}#questions")
