"""The list of reasons for rejections, kept by the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import office_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_once
from core.forms import fields_of
from placements.forms.pipeline import NewReasonForm, ReasonForm
from placements.models.applications import RejectionReason
from placements.selectors.reasons import reasons_with_use
from placements.services.reasons import keep_reason


@require_GET
@office_only
def reason_list(request: PortalRequest) -> HttpResponse:
    return render(request, "placements/reason_list.html", {"reasons": reasons_with_use()})


@require_http_methods(["GET", "POST"])
@office_only
def reason_new(request: PortalRequest) -> HttpResponse:
    form = NewReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        location = attempt_once(form, lambda: _add(request, form))
        if location:
            return redirect(location)
    return render(request, "placements/reason_form.html", {"form": form})


def _add(request: PortalRequest, form: NewReasonForm) -> str:
    keep_reason(None, fields=fields_of(form), by=request.user)
    messages.success(request, _("Saved."))
    return reverse("placements:reason_list")


@require_http_methods(["GET", "POST"])
@office_only
def reason_edit(request: PortalRequest, pk: int) -> HttpResponse:
    reason = get_object_or_404(RejectionReason, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, instance=reason)
    entered = request.method == "POST" and form.is_valid()
    if entered and attempt(form, lambda: keep_reason(reason, fields=fields_of(form), by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("placements:reason_list")
    return render(request, "placements/reason_form.html", {"form": form, "reason": reason})
