"""Promises: their list, those of an agreement and of an enterprise, one promise, and what is done with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from agreements import exports
from agreements.forms.promises import CommitmentCloseForm, PromiseEditForm, PromiseFilter, PromiseNewForm
from agreements.models import CommitmentEvidence
from agreements.selectors import promises as selectors
from agreements.services import commitments, evidence
from core.acting import attempt, attempt_edit, attempt_once
from core.forms import fields_of
from core.paging import page_of
from exporting.sending import exported
from partnerships import rules
from partnerships.choices.agreements import CommitmentState, Side
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.codes import list_choices
from programmes.rules import can_keep_investments
from programmes.selectors.investments import investments_of


def _address(record: Commitment) -> str:
    return reverse("agreements:promise", args=[record.pk])


def _promise(request: PortalRequest, pk: int) -> Commitment:
    return get_object_or_404(selectors.promise_rows(request.user), pk=pk)


@staff_only
@require_GET
def promise_list(request: PortalRequest) -> HttpResponseBase:
    """The list, its rows alone for htmx, or with `?format=` the way to a file of them."""
    offered = list_choices("")
    form = PromiseFilter(request.GET, owners=offered.people, colleges=offered.colleges)
    on = timezone.localdate()
    rows = selectors.promise_list(request.user, form.chosen, on=on)
    if "format" in request.GET:
        return exported(request, exports.promises(on=on), rows, filters=form)
    page = page_of(rows, request)
    template = "agreements/promise_list.html#rows" if request.htmx else "agreements/promise_list.html"
    context = {"form": form, "page": page, "standings": selectors.standings(page.object_list, on=on)}
    return render(request, template, context)


@staff_only
@require_GET
def promises(request: PortalRequest, pk: int) -> HttpResponse:
    """Promised beside delivered under one agreement."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    rows = selectors.standings(selectors.of_agreement(request.user, agreement), on=timezone.localdate())
    context = {
        "agreement": agreement,
        "enterprise": agreement.enterprise,
        "standings": rows,
        "sums": selectors.sums(rows),
        "investments": investments_of(agreement),
        "may_promise": rules.can_promise(request.user, agreement),
        "may_invest": can_keep_investments(request.user),
    }
    return render(request, "agreements/promises.html", context)


@staff_only
@require_GET
def enterprise_promises(request: PortalRequest, pk: int) -> HttpResponse:
    """Promised beside delivered of one enterprise, under agreements and without one."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rows = selectors.standings(selectors.of_enterprise(request.user, enterprise), on=timezone.localdate())
    context = {
        "enterprise": enterprise,
        "standings": rows,
        "sums": selectors.sums(rows),
        "may_promise": rules.can_promise(request.user, None),
    }
    return render(request, "agreements/promise_enterprise.html", context)


@staff_only
@require_GET
def promise(request: PortalRequest, pk: int) -> HttpResponse:
    record = _promise(request, pk)
    context = {
        "promise": record,
        "standing": selectors.standing_of(record, on=timezone.localdate()),
        "may_keep": rules.can_close_promise(request.user, record),
    }
    return render(request, "agreements/promise.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def commitment_new(request: PortalRequest, pk: int) -> HttpResponse:
    """A promise under an agreement."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    rules.can_promise(request.user, agreement).or_raise()
    return _write_down(request, agreement.enterprise, agreement)


@staff_only
@require_http_methods(["GET", "POST"])
def promise_new(request: PortalRequest, pk: int) -> HttpResponse:
    """A promise of an enterprise, or to it, under no agreement."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_promise(request.user, None).or_raise()
    return _write_down(request, enterprise, None)


def _write_down(request: PortalRequest, enterprise: Enterprise, agreement: Agreement | None) -> HttpResponse:
    parties = Enterprise.objects.filter(pk__in=selectors.enterprise_keys(agreement)) if agreement else ()
    initial = {"side": Side.ENTERPRISE, "enterprise": enterprise.pk}
    form = PromiseNewForm(request.POST or None, enterprises=list(parties), initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)
        of = fields.pop("enterprise", enterprise)

        def write() -> str:
            made = commitments.promise(of, **fields, agreement=agreement, by=request.user, at=timezone.now())
            return reverse("agreements:promises", args=[agreement.pk]) if agreement else _address(made)

        if address := attempt_once(form, write):
            messages.success(request, _("The promise is on file."))
            return redirect(address)
    context = {"form": form, "enterprise": enterprise, "agreement": agreement}
    return render(request, "agreements/commitment_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def promise_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = _promise(request, pk)
    rules.can_close_promise(request.user, record).or_raise()
    form = PromiseEditForm(request.POST or None, instance=record)
    if request.method == "POST" and form.is_valid():
        fields, version, by = fields_of(form), form.cleaned_data["version"], request.user
        change = commitments.change_promise
        if attempt_edit(form, record, lambda: change(record, version=version, fields=fields, by=by, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("agreements:promise", pk=pk)
    context = {"form": form, "enterprise": record.enterprise, "agreement": record.agreement, "promise": record}
    return render(request, "agreements/commitment_form.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def commitment_close(request: PortalRequest, pk: int) -> HttpResponse:
    record = _promise(request, pk)
    rules.can_close_promise(request.user, record).or_raise()
    standing = selectors.standing_of(record)
    initial = {"on": timezone.localdate(), "state": CommitmentState.KEPT, "delivered": record.number}
    form = CommitmentCloseForm(request.POST or None, commitment=record, is_counted=standing.is_counted, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: commitments.close_commitment(record, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("The promise is closed."))
            return redirect("agreements:promise", pk=pk)
    context = {"form": form, "commitment": record, "standing": standing}
    return render(request, "agreements/commitment_close.html", context)


@staff_only
@require_POST
def promise_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    commitments.reopen_promise(_promise(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("The promise is open again."))
    return redirect("agreements:promise", pk=pk)


@staff_only
@require_POST
def evidence_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Take one row of evidence away."""
    visible = Commitment.objects.visible_to(request.user)
    row = get_object_or_404(CommitmentEvidence.objects.select_related("commitment"), pk=pk, commitment__in=visible)
    evidence.remove_evidence(row, by=request.user, at=timezone.now())
    messages.success(request, _("The evidence is taken away."))
    return redirect("agreements:promise", pk=row.commitment_id)
