"""Campaigns with their targets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt_edit, attempt_once
from core.paging import page_of
from exporting.sending import exported
from visits import rules
from visits.exports import CAMPAIGNS
from visits.forms.campaigns import CampaignEditForm, CampaignNewForm
from visits.forms.targets import CampaignRows
from visits.newly_opened import definition
from visits.selectors import campaigns as selectors
from visits.selectors.amendments import moved_in_campaign
from visits.services import campaigns as services


@staff_only
@require_GET
def campaign_list(request: PortalRequest) -> HttpResponseBase:
    rows = selectors.campaign_list(request.user)
    if "format" in request.GET:
        return exported(request, CAMPAIGNS, rows)
    page = page_of(rows, request)
    context = {"page": page, "today": timezone.localdate(), "may_keep": rules.can_keep_campaigns(request.user)}
    return render(request, "visits/campaign_list.html", context)


@staff_only
@require_GET
def campaign(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.campaign_with_parts(request.user), pk=pk)
    context = {
        "campaign": found,
        "shown": selectors.campaign_page(request.user, found, on=timezone.localdate()),
        "newly_opened": definition(),
        "amended": moved_in_campaign(found),
        "today": timezone.localdate(),
        "may_keep": rules.can_keep_campaigns(request.user),
    }
    return render(request, "visits/campaign.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def campaign_new(request: PortalRequest) -> HttpResponse:
    form = CampaignNewForm(request.POST or None)
    rows = CampaignRows(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and rows.are_whole(form):

        def opened() -> str:
            made = services.open_campaign(
                **form.columns, points=form.points, **rows.lines, by=request.user, at=timezone.now()
            )
            return reverse("visits:campaign", args=[made.pk])

        if address := attempt_once(form, opened):
            messages.success(request, _("The campaign is open."))
            return redirect(address)
    return render(request, "visits/campaign_form.html", {"form": form, "rows": rows})


@office_only
@require_http_methods(["GET", "POST"])
def campaign_edit(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.campaign_with_parts(request.user), pk=pk)
    form = CampaignEditForm(request.POST or None, campaign=found)
    rows = CampaignRows(request.POST or None, on=timezone.localdate(), campaign=found)
    if request.method == "POST" and rows.are_whole(form):
        entered = {"fields": form.columns, "points": form.points, **rows.lines}
        version = form.cleaned_data["version"]
        if attempt_edit(
            form,
            found,
            lambda: services.change_campaign(found, version=version, **entered, by=request.user, at=timezone.now()),
        ):
            messages.success(request, _("Saved."))
            return redirect("visits:campaign", pk=pk)
    return render(request, "visits/campaign_form.html", {"form": form, "rows": rows, "campaign": found})
