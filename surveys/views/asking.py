"""Sending a survey, and who was asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.decisions import YES
from core.errors import RuleBroken
from core.paging import page_of
from exporting.sending import exported
from surveys import exports
from surveys.forms.asking import AskedFilter, ChosenForm, EnterpriseSendFilter, GraduateSendFilter, SendForm
from surveys.models.asking import Invitation
from surveys.models.surveys import Survey
from surveys.selectors import asking as selectors
from surveys.selectors import surveys as survey_selectors
from surveys.services import asking as services
from visits.models.visits import Visit

SHOWN = 50


def _told(asked: services.Asked) -> str:
    """What a sending did, in one sentence."""
    words = _("Asked now: %(now)s. Asked before: %(before)s. Cannot be written to: %(unreachable)s.")
    return words % {"now": asked.now, "before": asked.before, "unreachable": asked.unreachable}


@office_only
@require_http_methods(["GET", "POST"])
def send(request: PortalRequest, pk: int) -> HttpResponse:
    """Whom the filter finds, and the button that asks exactly them."""
    survey = get_object_or_404(Survey, pk=pk)
    ask, context = _graduates(request, survey) if survey.is_of_graduates else _enterprises(request, survey)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def sent() -> str:
            messages.success(request, _told(ask()))
            return reverse("surveys:asked", args=[pk])

        if address := attempt_once(form, sent):
            return redirect(address)
    state = survey.state_on(timezone.localdate())
    context |= {"survey": survey, "form": form, "state": state, "shown": SHOWN}
    return render(request, "surveys/send.html", context, status=422 if form.errors else 200)


def _enterprises(request: PortalRequest, survey: Survey) -> tuple[Any, dict[str, Any]]:
    filters = EnterpriseSendFilter(request.GET, campaigns=selectors.campaigns(request.user))
    found = selectors.enterprises_visited(request.user, filters.chosen, on=timezone.localdate())
    context = {"filters": filters, "people": found.people[:SHOWN], "count": len(found.people), "without": found.without}

    def ask() -> services.Asked:
        return services.ask_contacts(survey, found.people, by=request.user, at=timezone.now())

    return ask, context


def _graduates(request: PortalRequest, survey: Survey) -> tuple[Any, dict[str, Any]]:
    asked_for = request.GET if request.GET or not survey.class_of else {"class_of": str(survey.class_of)}
    filters = GraduateSendFilter(asked_for, **selectors.graduate_choices())
    found = selectors.graduates(request.user, filters.chosen)
    context = {"filters": filters, "graduates": found[:SHOWN], "count": found.count()}

    def ask() -> services.Asked:
        return services.ask_graduates(survey, found, by=request.user, at=timezone.now())

    return ask, context


@office_only
@require_GET
def asked(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Who was asked, and how far each came."""
    survey, now = get_object_or_404(Survey, pk=pk), timezone.now()
    form = AskedFilter(request.GET)
    rows = survey_selectors.invitations(survey, form.chosen.get("state", ""), now=now)
    if "format" in request.GET:
        return exported(request, exports.asked(now=now), rows, filters=form, people=YES)
    page = page_of(rows, request)
    for row in page:
        row.state = survey_selectors.asked_state(row, now=now)  # type: ignore[attr-defined]
    return render(request, "surveys/asked.html", {"survey": survey, "form": form, "page": page})


@office_only
@require_POST
def invitation_change(request: PortalRequest, pk: int, what: str) -> HttpResponse:
    """Ask this person no more, or write to them again."""
    found = get_object_or_404(Invitation.objects.select_related("survey"), pk=pk)
    act = services.withdraw if what == "withdraw" else services.send_again
    try:
        act(found, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        done = (
            _("%(name)s is not asked any more.") if what == "withdraw" else _("A new letter is on its way to %(name)s.")
        )
        messages.success(request, done % {"name": found.name})
    return redirect("surveys:asked", pk=found.survey_id)


@office_only
@require_POST
def ask_met(request: PortalRequest, pk: int, survey: int) -> HttpResponse:
    """One click after a visit: everyone who was there from the enterprise and can be written to."""
    visit = get_object_or_404(Visit.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    found = get_object_or_404(Survey, pk=survey)
    met = selectors.met_at(visit, on=timezone.localdate())
    if not met:
        messages.error(request, _("Nobody who was there can be written to. Choose who is asked."))
        return redirect("surveys:of_visit", pk=pk)
    done = services.ask_contacts(found, [(contact, visit) for contact in met], by=request.user, at=timezone.now())
    messages.success(request, _told(done))
    return redirect("visits:visit", pk=pk)


@office_only
@require_http_methods(["GET", "POST"])
def of_visit(request: PortalRequest, pk: int) -> HttpResponse:
    """Who of the enterprise is asked after a visit, those met ticked; and what was sent already."""
    visit = get_object_or_404(Visit.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    on = timezone.localdate()
    running = selectors.running_for_enterprises(on=on, kinds=survey_selectors.TO_ENTERPRISES)
    people, met = selectors.people_of(visit, on=on), selectors.met_at(visit, on=on)
    form = ChosenForm(request.POST or None, surveys=running, people=people, met=met)
    if request.method == "POST" and form.is_valid():
        pairs = [(contact, visit) for contact in form.cleaned_data["contacts"]]
        survey = form.cleaned_data["survey"]

        def ask() -> None:
            messages.success(request, _told(services.ask_contacts(survey, pairs, by=request.user, at=timezone.now())))

        if attempt(form, ask):
            return redirect("visits:visit", pk=pk)
    context = {
        "visit": visit, "form": form, "running": running, "people": people, "sent": selectors.sent_after(visit),
    }  # fmt: skip
    return render(request, "surveys/of_visit.html", context, status=422 if form.errors else 200)
