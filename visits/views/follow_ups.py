"""Follow-ups: the list, noting one on the page of its visit, changing, closing and opening it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from visits import exports, rules
from visits.choices import FollowUpState
from visits.forms.follow_ups import (
    FollowUpCloseForm,
    FollowUpEditForm,
    FollowUpFilter,
    FollowUpNewForm,
    FollowUpReopenForm,
)
from visits.models.results import FollowUp
from visits.selectors import follow_ups as selectors
from visits.selectors.visits import visit_with_people
from visits.services import follow_ups as services
from visits.services import reporting


@staff_only
@require_GET
def follow_up_list(request: PortalRequest) -> HttpResponseBase:
    form, on = FollowUpFilter(request.GET, user=request.user), timezone.localdate()
    rows = selectors.follow_up_list(request.user, form.chosen, on=on)
    if "format" in request.GET:
        return exported(request, exports.follow_ups(on=on), rows, filters=form)
    template = "visits/follow_up_list.html#rows" if request.htmx else "visits/follow_up_list.html"
    return render(request, template, {"form": form, "page": page_of(rows, request), "today": on})


@staff_only
@require_http_methods(["GET", "POST"])
def follow_up_new(request: PortalRequest, pk: int) -> HttpResponse:
    visit = get_object_or_404(visit_with_people(request.user), pk=pk)
    rules.can_follow_up(request.user, visit).or_raise()
    form = FollowUpNewForm(request.POST or None, initial={"owner": request.user.pk})
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            services.add_follow_up(visit, **fields_of(form), by=request.user, at=timezone.now())
            return reverse("visits:visit", args=[pk]) + "#follow-ups"

        if address := attempt_once(form, add):
            messages.success(request, _("The follow-up is noted."))
            return redirect(address)
    return render(request, "visits/follow_up_form.html", {"form": form, "visit": visit})


def _found(request: PortalRequest, pk: int) -> FollowUp:
    """For whoever may close it."""
    rows = selectors.visible(request.user).select_related("visit__enterprise", "owner")
    found = get_object_or_404(rows, pk=pk)
    rules.can_close_follow_up(request.user, found).or_raise()
    return found


@staff_only
@require_http_methods(["GET", "POST"])
def follow_up_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change, hand on or move an open one; a closed one is opened again."""
    found = _found(request, pk)
    is_open = found.state == FollowUpState.OPEN
    form_of, act = (
        (FollowUpEditForm, services.change_follow_up) if is_open else (FollowUpReopenForm, services.reopen_follow_up)
    )
    form = form_of(request.POST or None, follow_up=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt_edit(form, found, lambda: act(found, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("Saved.") if is_open else _("The follow-up is open again."))
            return redirect("visits:visit", pk=found.visit_id)
    return render(request, "visits/follow_up_form.html", {"form": form, "visit": found.visit, "follow_up": found})


@staff_only
@require_http_methods(["GET", "POST"])
def follow_up_close(request: PortalRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = FollowUpCloseForm(request.POST or None, initial={"version": found.version, "state": "done"})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt_edit(
            form, found, lambda: reporting.close_follow_up(found, **said, by=request.user, at=timezone.now())
        ):
            messages.success(request, _("The follow-up is closed."))
            return redirect("visits:visit", pk=found.visit_id)
    return render(request, "visits/follow_up_close.html", {"form": form, "follow_up": found})
