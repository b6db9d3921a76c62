"""Investments: the list, one of them, and what came in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt, attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from core.templatetags.portal import yuan
from exporting.sending import exported
from partnerships.choices.agreements import InvestmentKind
from partnerships.choices.programmes import InvestmentState
from partnerships.models.commitments import Investment, InvestmentReceipt
from partnerships.models.enterprises import Enterprise
from programmes import rules
from programmes.exports import INVESTMENTS
from programmes.forms.filters import InvestmentFilter
from programmes.forms.investments import InvestmentEditForm, InvestmentNewForm, ReceiptForm, ReceiptNewForm
from programmes.selectors import investments as selectors
from programmes.services import investments as services


@staff_only
@require_GET
def investment_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or with `?format=` the way to a file of them."""
    form = InvestmentFilter(request.GET, enterprises=selectors.enterprise_choices(request.user))
    rows = selectors.investment_list(request.user, form.chosen, on=timezone.localdate())
    if "format" in request.GET:
        return exported(request, INVESTMENTS, rows, filters=form)
    template = "programmes/investment_list.html#rows" if request.htmx else "programmes/investment_list.html"
    context = {"form": form, "page": page_of(rows, request), "totals": selectors.totals(rows)}
    return render(request, template, {**context, "today": timezone.localdate()})


@staff_only
@require_GET
def investment(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(selectors.investments(request.user), pk=pk)
    context = {
        "investment": record,
        "enterprise": record.enterprise,
        "receipts": record.receipts.select_related("by"),
        "state_label": InvestmentState(record.state).label,  # type: ignore[attr-defined]  # annotated
        "may_keep": rules.can_keep_investments(request.user),
    }
    return render(request, "programmes/investment.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def investment_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Enter a promise of an enterprise; `?agreement=` and `?programme=` say under what."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    initial = {"promised_on": timezone.localdate(), **selectors.under(request.user, enterprise, request.GET.dict())}
    form = InvestmentNewForm(request.POST or None, enterprise=enterprise, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        fields["kind"] = InvestmentKind(fields["kind"])

        def promise() -> str:
            promised = services.promise_investment(enterprise, by=request.user, at=timezone.now(), **fields)
            return reverse("programmes:investment", args=[promised.pk])

        if address := attempt_once(form, promise):
            messages.success(request, _("The investment is on file as promised."))
            return redirect(address)
    return render(request, "programmes/investment_form.html", {"form": form, "enterprise": enterprise})


@office_only
@require_http_methods(["GET", "POST"])
def investment_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Investment.objects.select_related("enterprise"), pk=pk)
    enterprise = record.enterprise
    form = InvestmentEditForm(request.POST or None, instance=record, enterprise=enterprise, user=request.user)
    if request.method == "POST" and form.is_valid():
        told = {"version": form.cleaned_data["version"], "fields": fields_of(form), "at": timezone.now()}
        if attempt_edit(form, record, lambda: services.change_investment(record, by=request.user, **told)):
            messages.success(request, _("Saved."))
            return redirect("programmes:investment", pk=pk)
    context = {"form": form, "enterprise": enterprise, "investment": record}
    return render(request, "programmes/investment_form.html", context)


def _warn_of_more(request: PortalRequest, pk: int) -> None:
    """More came in than was promised: accepted, and said."""
    record = selectors.investments(request.user).get(pk=pk)
    received = record.received  # type: ignore[attr-defined]  # annotated
    if received > record.promised:
        words = _("More came in than was promised: %(received)s of %(promised)s. Compare the papers.")
        messages.warning(request, words % {"received": yuan(received), "promised": yuan(record.promised)})


@office_only
@require_http_methods(["GET", "POST"])
def receipt_new(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Investment.objects.select_related("enterprise"), pk=pk)
    form = ReceiptNewForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def receive() -> str:
            services.record_receipt(record, **fields, by=request.user, at=timezone.now())
            return reverse("programmes:investment", args=[pk])

        if address := attempt_once(form, receive):
            messages.success(request, _("What came in is on file."))
            _warn_of_more(request, pk)
            return redirect(address)
    return render(request, "programmes/receipt_form.html", {"form": form, "investment": record})


@office_only
@require_http_methods(["GET", "POST"])
def receipt_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(InvestmentReceipt.objects.select_related("investment__enterprise"), pk=pk)
    form = ReceiptForm(request.POST or None, instance=record)
    if request.method == "POST" and form.is_valid():
        fields, at = fields_of(form), timezone.now()
        if attempt(form, lambda: services.change_receipt(record, fields=fields, by=request.user, at=at)):
            messages.success(request, _("Saved."))
            _warn_of_more(request, record.investment_id)
            return redirect("programmes:investment", pk=record.investment_id)
    context = {"form": form, "investment": record.investment, "receipt": record}
    return render(request, "programmes/receipt_form.html", context)


@office_only
@require_POST
def receipt_remove(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(InvestmentReceipt.objects.select_related("investment__enterprise"), pk=pk)
    services.remove_receipt(record, by=request.user, at=timezone.now())
    messages.success(request, _("Removed; the timeline tells of it."))
    return redirect("programmes:investment", pk=record.investment_id)
