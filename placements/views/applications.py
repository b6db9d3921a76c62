"""Applications, and what becomes of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import signed_in, staff_only
from accounts.choices import Role
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.errors import RuleBroken
from core.paging import page_of
from exporting.sending import exported
from placements import rules
from placements.choices import ApplicationState
from placements.exports import APPLICATIONS, OWN_APPLICATIONS
from placements.forms.filters import ApplicationFilter
from placements.forms.moves import MoveForm, answer_form
from placements.forms.pipeline import NoteForm
from placements.models.applications import Application
from placements.selectors import applications as selectors
from placements.selectors.sent import what_was_sent
from placements.services import applications as services
from placements.services.looking import note_look
from placements.services.notes import write_note
from placements.views.interviews import panel_of
from placements.views.notes import notes_of


@require_GET
@signed_in
def application_list(request: PortalRequest) -> HttpResponseBase:
    """A student's own; for the office all, for college staff those of their students."""
    if rules.can_see_applicants(request.user):
        return _staff_list(request)
    if not request.user.has_role(Role.STUDENT):
        raise Http404
    own = selectors.application_list(request.user, {})
    if "format" in request.GET:
        return exported(request, OWN_APPLICATIONS, own)
    page = page_of(own, request)
    return render(request, "placements/my_applications.html", {"page": page})


def _staff_list(request: PortalRequest) -> HttpResponseBase:
    filters = ApplicationFilter(request.GET)
    wanted = filters.wanted
    rows = selectors.application_list(request.user, wanted)
    if "format" in request.GET:
        return exported(request, APPLICATIONS, rows, filters=filters, people=rules.can_see_applicants(request.user))
    page = page_of(rows, request)
    template = "placements/application_list.html#rows" if request.htmx else "placements/application_list.html"
    return render(request, template, {"filters": filters, "page": page, "posting": wanted.get("posting")})


@require_GET
@signed_in
def application(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.application_page(request.user, pk))
    note_look(found, by=request.user, at=timezone.now())
    return application_page(request, found, _step_form(request, found))


def _step_form(request: PortalRequest, found: Application, data: Any = None) -> MoveForm:
    return answer_form(found, data, by_staff=found.student_id != request.user.pk)


def application_page(
    request: PortalRequest, found: Application, form: MoveForm | None = None, note: NoteForm | None = None
) -> HttpResponse:
    """The page of one application, with a form that was refused or with fresh ones."""
    moves = list(found.moves.select_related("by", "contact"))
    possible = selectors.possible_moves(request.user, found)
    context = {
        "application": found,
        "posting": found.posting,
        "history": moves,
        "path": selectors.application_path(found, moves),
        "moves": [state for state in possible if state != ApplicationState.WITHDRAWN],
        "may_withdraw": ApplicationState.WITHDRAWN in possible,
        "form": form or _step_form(request, found),
        "interview": panel_of(request, found),
        **notes_of(request, found, note),
        "is_own": found.student_id == request.user.pk,
        **what_was_sent(found, request.user),
    }
    return render(request, "placements/application.html", context)


@require_POST
@signed_in
def application_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One step; what cannot be is said on the application's own page, with what was typed."""
    found = get_object_or_404(selectors.application_page(request.user, pk))
    form = _step_form(request, found, request.POST)

    def move() -> None:
        entered, to = form.cleaned_data, ApplicationState(form.cleaned_data["to"])
        services.move_application(
            found, to, by=request.user, at=timezone.now(), reason=entered["reason"], version=entered["version"],
            rejection=entered.get("rejection"),
        )  # fmt: skip
        messages.success(request, _("The application is now: %(state)s.") % {"state": to.label})

    if form.is_valid() and attempt_edit(form, found, move):
        return redirect("placements:application", pk=pk)
    return application_page(request, found, form)


@require_POST
@staff_only
def application_note(request: PortalRequest, pk: int) -> HttpResponse:
    """A note among staff; what cannot be is said on the application's own page."""
    found = get_object_or_404(selectors.application_page(request.user, pk))
    if not rules.can_note(request.user, found):
        raise Http404
    form = NoteForm(request.POST, auto_id="note_%s")
    if form.is_valid():

        def write() -> str:
            write_note(found, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
            return f"{reverse('placements:application', args=[pk])}#notes"

        if address := attempt_once(form, write):
            return redirect(address)
    return application_page(request, found, note=form)


@require_POST
@signed_in
def application_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.application_page(request.user, pk))
    try:
        services.withdraw_application(found, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You have withdrawn your application."))
    return redirect("placements:application", pk=pk)
