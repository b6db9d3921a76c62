"""Handing over the work of somebody who leaves: choose, look, confirm, and move back."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from accounts.models.people import User
from core.acting import attempt_once
from core.errors import RuleBroken
from visits import rules
from visits.forms.handover import ConfirmForm, HandOverForm, Plan, confirm_form
from visits.models.handover import HandOver
from visits.selectors import handover as selectors
from visits.services import handover as services

LAST = 10


@require_GET
@office_only
def handover(request: PortalRequest) -> HttpResponse:
    """Who looks after something, those who left first; and the last hand-overs."""
    bearers = selectors.bearers(on=timezone.localdate())
    context = {
        "left": [bearer for bearer in bearers if bearer.has_left],
        "here": [bearer for bearer in bearers if not bearer.has_left],
        "last": HandOver.objects.select_related("leaver", "by")[:LAST],
    }
    return render(request, "visits/handover.html", context)


def _form_of(request: PortalRequest, leaver: User) -> HandOverForm:
    on = timezone.localdate()
    people = list(selectors.active_staff(on=on).exclude(pk=leaver.pk))
    data = request.POST if request.method == "POST" and "form_token" not in request.POST else None
    return HandOverForm(data, holdings=selectors.holdings(leaver, on=on), people=people)


@require_http_methods(["GET", "POST"])
@office_only
def handover_person(request: PortalRequest, pk: int) -> HttpResponse:
    """What one person looks after; sent, it shows what would go where before anything does."""
    leaver = get_object_or_404(User, pk=pk)
    form = _form_of(request, leaver)
    if form.is_bound and form.is_valid():
        found = selectors.chosen(leaver, form.receivers, form.left_out, on=timezone.localdate())
        try:
            services.check(found, form.receivers, leaver=leaver, at=timezone.now())
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            context = {
                "leaver": leaver,
                "form": confirm_form(leaver, form, found),
                "parts": selectors.preview(found, form.receivers, form.left_out),
            }
            return render(request, "visits/handover_check.html", context)
    return _choose(request, leaver, form)


def _choose(request: PortalRequest, leaver: User, form: HandOverForm, *, refusals: Sequence[str] = ()) -> HttpResponse:
    unreported = selectors.unreported(leaver, on=timezone.localdate())
    context = {"leaver": leaver, "form": form, "unreported": unreported, "refusals": refusals}
    return render(request, "visits/handover_person.html", context)


@require_POST
@office_only
def handover_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    """Do it once; what changed since it was looked at is said where it is chosen anew."""
    leaver = get_object_or_404(User, pk=pk)
    form = ConfirmForm(request.POST)
    address = attempt_once(form, lambda: _do(request, leaver, form.cleaned_data["plan"])) if form.is_valid() else ""
    if address:
        messages.success(request, _("The work is handed over. Everyone who took something over has a message."))
        return redirect(address)
    refusals = [str(error) for errors in form.errors.values() for error in errors]
    return _choose(request, leaver, _form_of(request, leaver), refusals=refusals)


def _do(request: PortalRequest, leaver: User, plan: Plan) -> str:
    if plan["leaver"] != leaver.pk:
        raise RuleBroken(_("This page was open too long. Look again."))
    people = User.objects.in_bulk(plan["to"].values())
    record = services.hand_over(
        leaver,
        receivers={code: people[key] for code, key in plan["to"].items()},
        left_out=plan["left"],
        seen=plan["seen"],
        by=request.user,
        at=timezone.now(),
    )
    return reverse("visits:handover_done", args=[record.pk])


@require_GET
@staff_only
def handover_done(request: PortalRequest, pk: int) -> HttpResponse:
    """What went where; those who took something over see their part."""
    visible = HandOver.objects.visible_to(request.user).select_related("leaver", "by", "undone_by")
    record = get_object_or_404(visible, pk=pk)
    context = {
        "record": record,
        "parts": selectors.moved(record, request.user),
        "may_undo": rules.can_hand_over(request.user) and record.undone_at is None,
    }
    return render(request, "visits/handover_done.html", context)


@require_POST
@office_only
def handover_back(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(HandOver, pk=pk)
    try:
        services.move_back(record, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Moved back, as far as nobody changed it since."))
    return redirect("visits:handover_done", pk=pk)
