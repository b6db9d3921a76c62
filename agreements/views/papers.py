"""What hangs on an agreement: its files."""

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
from agreements.forms.agreements import AgreementFileForm
from agreements.services import agreements
from core.acting import attempt_once
from core.forms import fields_of
from core.uploads import download
from partnerships import rules
from partnerships.choices.agreements import AgreementFileKind, AgreementState
from partnerships.models.agreements import Agreement, AgreementFile


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
