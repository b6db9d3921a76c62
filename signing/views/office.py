"""Who signs an agreement: the page, and what the office does on it."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from core.errors import RuleBroken
from core.forms import fields_of
from partnerships.choices.agreements import AgreementState, SignatureWay
from partnerships.models.agreements import Agreement, AgreementParty
from signing import rules
from signing.certificates import certificate as certificate_pdf
from signing.forms import PaperForm, SignerForm
from signing.models import SigningRequest, Verification
from signing.selectors import page as selectors
from signing.selectors.states import SIGNABLE
from signing.services import requests as services
from signing.services.signing import record_on_paper


@staff_only
@require_GET
def signing(request: PortalRequest, pk: int) -> HttpResponse:
    agreement = get_object_or_404(selectors.agreement_to_sign(request.user), pk=pk)
    parties = selectors.parties_of(agreement, request.user, now=timezone.now())
    awaits = agreement.state == AgreementState.AWAITING_SIGNATURES
    context = {
        "agreement": agreement,
        "enterprise": agreement.enterprise,
        "parties": parties,
        "verification": selectors.verification_of(agreement),
        "may_prepare": rules.can_prepare_signing(request.user),
        "awaits": awaits,
        "may_record": agreement.state in SIGNABLE,
        "has_ended": agreement.state in (AgreementState.ENDED, AgreementState.RENEWED),
        "anyone_planned": awaits and selectors.anyone_planned(parties),
    }
    return render(request, "signing/signing.html", context)


def _page(pk: int) -> str:
    return reverse("signing:signing", args=[pk])


@staff_only
@require_http_methods(["GET", "POST"])
def signer_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody who is to sign for a party."""
    visible = Agreement.objects.visible_to(request.user)
    parties = AgreementParty.objects.select_related("agreement__enterprise", "agreement__kind", "enterprise")
    party = get_object_or_404(parties, pk=pk, agreement__in=visible)
    rules.can_prepare_signing(request.user).or_raise()
    form = SignerForm(request.POST or None, party=party, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():

        def add() -> str:
            services.add_signer(party, form.signer(), by=request.user, at=timezone.now())
            return _page(party.agreement_id)

        if address := attempt_once(form, add):
            messages.success(request, _("The signer is on the list. Nothing is sent yet."))
            return redirect(address)
    context = {"form": form, "agreement": party.agreement, "party": party, "is_new": True}
    return render(request, "signing/signer_form.html", context)


def _request(request: PortalRequest, pk: int) -> SigningRequest:
    rows = SigningRequest.objects.select_related("agreement__enterprise", "agreement__kind", "party__enterprise")
    visible = Agreement.objects.visible_to(request.user)
    asked = get_object_or_404(rows, pk=pk, agreement__in=visible)
    rules.can_prepare_signing(request.user).or_raise()
    return asked


@staff_only
@require_http_methods(["GET", "POST"])
def signer_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody else is to sign, or in another way."""
    asked = _request(request, pk)
    form = SignerForm(request.POST or None, party=asked.party, on=timezone.localdate(), request=asked)
    if request.method == "POST" and form.is_valid():

        def change() -> str:
            services.change_signer(asked, form.signer(), by=request.user, at=timezone.now())
            return _page(asked.agreement_id)

        if address := attempt_once(form, change):
            messages.success(request, _("The signer is changed. Nothing is sent yet."))
            return redirect(address)
    context = {"form": form, "agreement": asked.agreement, "party": asked.party, "is_new": False}
    return render(request, "signing/signer_form.html", context)


@staff_only
@require_POST
def send_all(request: PortalRequest, pk: int) -> HttpResponse:
    """Send it out to everyone who was named."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    try:
        asked = services.send_all(agreement, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        words = ngettext("%(number)d person was asked to sign.", "%(number)d people were asked to sign.", asked)
        messages.success(request, words % {"number": asked})
    return redirect("signing:signing", pk=pk)


@staff_only
@require_POST
def send(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask one person, or ask again."""
    asked = _request(request, pk)
    try:
        services.send_request(asked, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s was asked to sign.") % {"name": asked.name})
    return redirect("signing:signing", pk=asked.agreement_id)


@staff_only
@require_POST
def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    asked = _request(request, pk)
    try:
        services.withdraw_request(asked, by=request.user, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is not asked to sign any more.") % {"name": asked.name})
    return redirect("signing:signing", pk=asked.agreement_id)


@staff_only
@require_http_methods(["GET", "POST"])
def signature_new(request: PortalRequest, pk: int) -> HttpResponse:
    """A signature on paper or by seal; `?request=` begins with who was asked."""
    rows = Agreement.objects.visible_to(request.user).select_related("enterprise", "kind")
    agreement = get_object_or_404(rows, pk=pk)
    rules.can_prepare_signing(request.user).or_raise()
    initial = _suggested(agreement, request.GET.get("request", ""))
    form = PaperForm(request.POST or None, request.FILES or None, agreement=agreement, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def record() -> str:
            record_on_paper(**fields, by=request.user, at=timezone.now())
            return _page(pk)

        if address := attempt_once(form, record):
            messages.success(request, _("The signature is on file."))
            return redirect(address)
    return render(request, "signing/signature_form.html", {"form": form, "agreement": agreement})


def _suggested(agreement: Agreement, key: str) -> dict[str, object]:
    """Who was asked, else the first party that has not signed."""
    today = timezone.localdate()
    asked = agreement.signing_requests.filter(pk=int(key)).first() if key.isdecimal() else None
    if asked is not None:
        way = asked.way if asked.way == SignatureWay.SEAL else SignatureWay.PAPER
        known = {"party": asked.party_id, "name": asked.name, "title": asked.title, "way": way}
        return {**known, "signed_on": today}
    unsigned = agreement.parties.filter(signatures=None).first() or agreement.parties.first()
    return {"party": unsigned.pk if unsigned else None, "way": SignatureWay.PAPER, "signed_on": today}


@staff_only
@require_GET
def certificate(request: PortalRequest, pk: int) -> FileResponse:
    visible = Agreement.objects.visible_to(request.user)
    rows = Verification.objects.select_related("agreement", "file")
    found = get_object_or_404(rows, agreement=pk, agreement__in=visible)
    return FileResponse(BytesIO(certificate_pdf(found)), as_attachment=True, filename=f"{found.serial}.pdf")
