"""What hangs on an agreement: files and promises."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from agreements.forms.agreements import AgreementFileForm, CommitmentCloseForm, CommitmentForm
from agreements.services import agreements, commitments
from core.acting import attempt, attempt_once
from core.forms import fields_of
from core.uploads import download
from partnerships import rules
from partnerships.choices.agreements import AgreementFileKind, AgreementState, CommitmentState, Side
from partnerships.models.agreements import Agreement, AgreementFile
from partnerships.models.commitments import Commitment
from partnerships.models.enterprises import Enterprise


def _agreement(request: PortalRequest, pk: int) -> Agreement:
    return get_object_or_404(Agreement.objects.visible_to(request.user).select_related("enterprise"), pk=pk)


@staff_only
@require_http_methods(["GET", "POST"])
def agreement_file_new(request: PortalRequest, pk: int) -> HttpResponse:
    agreement = _agreement(request, pk)
    if not rules.can_sign_agreement(request.user):
        rules.can_change_agreement(request.user, agreement).or_raise()
    signed = agreement.state == AgreementState.SIGNED
    initial = {"kind": AgreementFileKind.SIGNED_COPY if signed else AgreementFileKind.DRAFT}
    form = AgreementFileForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def file() -> str:
            agreements.add_agreement_file(agreement, **fields, by=request.user, at=timezone.now())
            return reverse("agreements:agreement", args=[pk])

        if address := attempt_once(form, file):
            messages.success(request, _("The file is stored."))
            return redirect(address)
    return render(request, "agreements/agreement_file_form.html", {"form": form, "agreement": agreement})


@staff_only
@require_GET
def agreement_file(request: PortalRequest, pk: int) -> FileResponse:
    """The file as a download, for people who may see its agreement."""
    visible = Agreement.objects.visible_to(request.user)
    stored = get_object_or_404(AgreementFile, pk=pk, agreement__in=visible)
    return download(stored.file, stored.name)


@staff_only
@require_http_methods(["GET", "POST"])
def commitment_new(request: PortalRequest, pk: int) -> HttpResponse:
    agreement = _agreement(request, pk)
    rules.can_promise(request.user, agreement).or_raise()
    form = CommitmentForm(request.POST or None, initial={"side": Side.ENTERPRISE})
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def promise() -> str:
            commitments.promise(agreement.enterprise, **fields, agreement=agreement, by=request.user, at=timezone.now())
            return reverse("agreements:agreement", args=[pk])

        if address := attempt_once(form, promise):
            messages.success(request, _("The promise is on file."))
            return redirect(address)
    return render(request, "agreements/commitment_form.html", {"form": form, "agreement": agreement})


def _commitment(request: PortalRequest, pk: int) -> Commitment:
    """A promise of a file that the person sees, and of an agreement that they see when it has one."""
    rows = Commitment.objects.select_related("enterprise", "agreement")
    record = get_object_or_404(rows, pk=pk, enterprise__in=Enterprise.objects.visible_to(request.user))
    if record.agreement_id:
        get_object_or_404(Agreement.objects.visible_to(request.user), pk=record.agreement_id)
    return record


@staff_only
@require_http_methods(["GET", "POST"])
def commitment_close(request: PortalRequest, pk: int) -> HttpResponse:
    record = _commitment(request, pk)
    rules.can_close_promise(request.user, record).or_raise()
    initial = {"on": timezone.localdate(), "state": CommitmentState.KEPT, "delivered": record.number}
    form = CommitmentCloseForm(request.POST or None, commitment=record, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: commitments.close_commitment(record, **said, by=request.user, at=timezone.now())):
            messages.success(request, _("The promise is closed."))
            if record.agreement_id:
                return redirect("agreements:agreement", pk=record.agreement_id)
            return redirect("partnerships:enterprise", pk=record.enterprise_id)
    return render(request, "agreements/commitment_close.html", {"form": form, "commitment": record})
