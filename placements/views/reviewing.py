"""What the office lets pass, and the lists that the review reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
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
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from partnerships.models.enterprises import Enterprise
from placements import holding
from placements.exports import TRUSTED
from placements.forms.review import LiftForm, TrustForm, WageForm, WordForm
from placements.models.review import HeldWord, MinimumWage, PostingHold, TrustedEnterprise
from placements.services import review_lists as lists
from placements.services.reviewing import lift_hold


@require_http_methods(["GET", "POST"])
@office_only
def hold_lift(request: PortalRequest, pk: int) -> HttpResponse:
    """Let a posting pass in spite of what a rule found, with the reason."""
    hold = get_object_or_404(PostingHold.objects.select_related("posting__enterprise"), pk=pk)
    form = LiftForm(request.POST or None)

    def lift() -> None:
        lift_hold(hold, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())

    if form.is_valid() and attempt(form, lift):
        messages.success(request, _("Let pass; the reason is kept."))
        return redirect("placements:posting", pk=hold.posting_id)
    context = {
        "form": form,
        "posting": hold.posting,
        "hold": hold,
        "text": holding.explained(hold.rule, hold.found),
        "may_lift": hold.rule not in holding.MUST_CHANGE and hold.lifted_at is None,
    }
    return render(request, "placements/hold_lift.html", context)


@require_GET
@office_only
def held_words(request: PortalRequest) -> HttpResponse:
    page = page_of(HeldWord.objects.order_by("rule", "word"), request)
    return render(request, "placements/held_words.html", {"page": page})


@require_http_methods(["GET", "POST"])
@office_only
def held_word_edit(request: PortalRequest, pk: int | None = None) -> HttpResponse:
    word = get_object_or_404(HeldWord, pk=pk) if pk else None
    form = WordForm(request.POST or None, instance=word)

    def keep() -> None:
        said = form.cleaned_data
        lists.keep_word(word, text=said["word"], rule=said["rule"], is_active=said["is_active"], by=request.user)

    title = _("Edit the word") if word else _("New held word")
    return _entry_form(request, form, keep, title=title, back=reverse("placements:held_words"))


@require_GET
@office_only
def minimum_wages(request: PortalRequest) -> HttpResponse:
    page = page_of(MinimumWage.objects.select_related("province").order_by("province", "city", "-valid_from"), request)
    return render(request, "placements/minimum_wages.html", {"page": page})


@require_http_methods(["GET", "POST"])
@office_only
def minimum_wage_edit(request: PortalRequest, pk: int | None = None) -> HttpResponse:
    wage = get_object_or_404(MinimumWage, pk=pk) if pk else None
    form = WageForm(request.POST or None, instance=wage)

    def keep() -> None:
        lists.keep_wage(wage, by=request.user, **fields_of(form))

    title = _("Edit the minimum wage") if wage else _("New minimum wage")
    return _entry_form(request, form, keep, title=title, back=reverse("placements:minimum_wages"))


@require_GET
@office_only
def trusted_list(request: PortalRequest) -> HttpResponseBase:
    rows = TrustedEnterprise.objects.select_related("enterprise", "by").order_by("-since", "-pk")
    if "format" in request.GET:
        return exported(request, TRUSTED, rows)
    page = page_of(rows, request)
    return render(request, "placements/trusted_list.html", {"page": page, "today": timezone.localdate()})


@require_http_methods(["GET", "POST"])
@office_only
def trust_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Trust an enterprise with its postings, or change the terms."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    trusted = TrustedEnterprise.objects.filter(enterprise=enterprise).first()
    initial = {} if trusted else {"since": timezone.localdate()}
    form = TrustForm(request.POST or None, instance=trusted, initial=initial)

    def keep() -> None:
        lists.trust(enterprise, by=request.user, at=timezone.now(), **fields_of(form))

    back, title = reverse("placements:trusted_list"), _("Trusted with postings")
    return _entry_form(request, form, keep, title=title, back=back, lead=str(enterprise))


@require_POST
@office_only
def trust_end(request: PortalRequest, pk: int) -> HttpResponse:
    trusted = get_object_or_404(TrustedEnterprise, pk=pk)
    form = forms.Form(request.POST)
    if form.is_valid() and attempt(form, lambda: lists.end_trust(trusted, by=request.user, at=timezone.now())):
        messages.success(request, _("From today on its postings are reviewed as everybody's."))
    for text in form.non_field_errors():
        messages.error(request, str(text))
    return redirect("placements:trusted_list")


def _entry_form(
    request: PortalRequest, form: Any, keep: Callable[[], None], *, title: str, back: str, lead: str = ""
) -> HttpResponse:
    """One entry of a list: shown, or kept and back to the list."""

    def act() -> str:
        keep()
        messages.success(request, _("Saved."))
        return back

    if form.is_valid() and (address := attempt_once(form, act)):
        return redirect(address)
    context = {"form": form, "title": title, "back": back, "lead": lead}
    return render(request, "placements/review_entry.html", context)
