"""Applications, and what becomes of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import signed_in
from accounts.choices import Role
from accounts.http import PortalRequest
from core.errors import RuleBroken
from core.paging import page_of
from placements import rules
from placements.choices import ApplicationState
from placements.forms.filters import ApplicationFilter
from placements.forms.moves import MoveForm, answer_form
from placements.models.applications import Application
from placements.selectors import applications as selectors
from placements.selectors.sent import what_was_sent
from placements.services import applications as services
from placements.services.looking import note_look


@require_GET
@signed_in
def application_list(request: PortalRequest) -> HttpResponse:
    """A student's own; for the office all, for college staff those of their students."""
    if rules.can_see_applicants(request.user):
        return _staff_list(request)
    if not request.user.has_role(Role.STUDENT):
        raise Http404
    page = page_of(selectors.application_list(request.user, {}), request)
    return render(request, "placements/my_applications.html", {"page": page})


def _staff_list(request: PortalRequest) -> HttpResponse:
    filters = ApplicationFilter(request.GET)
    wanted = filters.wanted
    page = page_of(selectors.application_list(request.user, wanted), request)
    template = "placements/application_list.html#rows" if request.htmx else "placements/application_list.html"
    return render(request, template, {"filters": filters, "page": page, "posting": wanted.get("posting")})


@require_GET
@signed_in
def application(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.application_page(request.user, pk))
    note_look(found, by=request.user, at=timezone.now())
    return _application_page(request, found, answer_form(found))


def _application_page(request: PortalRequest, found: Application, form: MoveForm) -> HttpResponse:
    moves = list(found.moves.select_related("by"))
    possible = selectors.possible_moves(request.user, found)
    context = {
        "application": found,
        "posting": found.posting,
        "history": moves,
        "path": selectors.application_path(found, moves),
        "moves": [state for state in possible if state != ApplicationState.WITHDRAWN],
        "may_withdraw": ApplicationState.WITHDRAWN in possible,
        "form": form,
        "is_own": found.student_id == request.user.pk,
        **what_was_sent(found, request.user),
    }
    return render(request, "placements/application.html", context)


@require_POST
@signed_in
def application_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One step; what cannot be is said on the application's own page, with what was typed."""
    found = get_object_or_404(selectors.application_page(request.user, pk))
    form = answer_form(found, request.POST)
    if form.is_valid():
        entered = form.cleaned_data
        to = ApplicationState(entered["to"])
        try:
            services.move_application(
                found, to, by=request.user, at=timezone.now(), reason=entered["reason"], version=entered["version"]
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
            form.refresh_version(found.version)
        else:
            messages.success(request, _("The application is now: %(state)s.") % {"state": to.label})
            return redirect("placements:application", pk=pk)
    return _application_page(request, found, form)


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
