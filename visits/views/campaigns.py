"""Campaigns with their targets, and trips."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.paging import page_of
from visits import rules
from visits.forms.campaigns import CampaignEditForm, CampaignNewForm, TargetFormSet
from visits.selectors import campaigns as selectors
from visits.selectors.amendments import moved_in_campaign
from visits.services import campaigns as services
from visits.views.saving import attempt, attempt_once


@staff_only
@require_GET
def campaign_list(request: PortalRequest) -> HttpResponse:
    page = page_of(selectors.campaign_list(request.user), request)
    context = {"page": page, "today": timezone.localdate(), "may_keep": rules.can_keep_campaigns(request.user)}
    return render(request, "visits/campaign_list.html", context)


@staff_only
@require_GET
def campaign(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.campaign_with_parts(request.user), pk=pk)
    context = {
        "campaign": found,
        "shown": selectors.campaign_page(request.user, found, on=timezone.localdate()),
        "amended": moved_in_campaign(found),
        "today": timezone.localdate(),
        "may_keep": rules.can_keep_campaigns(request.user),
    }
    return render(request, "visits/campaign.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def campaign_new(request: PortalRequest) -> HttpResponse:
    form = CampaignNewForm(request.POST or None)
    targets: Any = TargetFormSet(request.POST or None, prefix="targets")
    if request.method == "POST" and form.is_valid() & targets.is_valid():

        def opened() -> str:
            made = services.open_campaign(
                **form.columns, points=form.points, targets=targets.chosen, by=request.user, at=timezone.now()
            )
            return reverse("visits:campaign", args=[made.pk])

        if address := attempt_once(form, opened):
            messages.success(request, _("The campaign is open."))
            return redirect(address)
    return render(request, "visits/campaign_form.html", _form(form, targets))


@office_only
@require_http_methods(["GET", "POST"])
def campaign_edit(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.campaign_with_parts(request.user), pk=pk)
    form = CampaignEditForm(request.POST or None, campaign=found)
    set_before = [{"measure": row.measure, "role": row.role, "number": row.number} for row in found.targets.all()]
    targets: Any = TargetFormSet(request.POST or None, initial=set_before, prefix="targets")
    if request.method == "POST" and form.is_valid() & targets.is_valid():
        entered = {"fields": form.columns, "points": form.points, "targets": targets.chosen}
        version = form.cleaned_data["version"]
        saved = attempt(
            form,
            lambda: services.change_campaign(found, version=version, **entered, by=request.user, at=timezone.now()),
            record=found,
        )
        if saved:
            messages.success(request, _("Saved."))
            return redirect("visits:campaign", pk=pk)
    return render(request, "visits/campaign_form.html", {**_form(form, targets), "campaign": found})


def _form(form: CampaignNewForm | CampaignEditForm, targets: Any) -> dict[str, object]:
    wrong = [targets] if targets.is_bound and not targets.is_valid() else []
    return {"form": form, "targets": targets, "wrong": wrong}


@staff_only
@require_GET
def trip(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.trip_with_parts(request.user), pk=pk)
    return render(request, "visits/trip.html", {"trip": found, "shown": selectors.trip_page(request.user, found)})
