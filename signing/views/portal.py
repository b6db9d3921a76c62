"""A colleague signs in the portal, after signing in to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt
from core.uploads import download
from partnerships.choices.agreements import SignatureWay
from signing.forms import DeclineForm, TypedNameForm
from signing.models import SigningRequest
from signing.selectors.parties import names_of
from signing.selectors.states import SIGNABLE, is_of_other_text, is_open
from signing.services import signing as services


def _mine(request: PortalRequest, pk: int) -> SigningRequest:
    """What this person was asked to sign; nobody else finds it."""
    rows = SigningRequest.objects.select_related(
        "agreement__enterprise", "agreement__kind", "party__enterprise", "agreement__verification__file"
    )
    sent = rows.filter(user=request.user, way=SignatureWay.PORTAL, sent_at__isnull=False)
    return get_object_or_404(sent, pk=pk)


def _page(request: PortalRequest, asked: SigningRequest, sign: TypedNameForm, decline: DeclineForm) -> HttpResponse:
    agreement = asked.agreement
    holds = is_open(asked) and agreement.state in SIGNABLE and not is_of_other_text(asked, agreement)
    context = {
        "asked": asked, "agreement": agreement, "parties": names_of(agreement),
        "verification": agreement.verification, "form": sign, "decline_form": decline, "holds": holds,
    }  # fmt: skip
    refused = sign.is_bound or decline.is_bound
    return render(request, "signing/sign.html", context, status=422 if refused else 200)


@staff_only
@require_http_methods(["GET", "POST"])
def sign(request: PortalRequest, pk: int) -> HttpResponse:
    asked = _mine(request, pk)
    form = TypedNameForm(request.POST or None, party=asked.party)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["typed_name"]
        if attempt(form, lambda: services.sign_here(asked, typed_name=typed, by=request.user, at=timezone.now())):
            messages.success(request, _("You have signed. Thank you."))
            return redirect("signing:sign", pk=pk)
    return _page(request, asked, form, DeclineForm())


@staff_only
@require_http_methods(["POST"])
def decline(request: PortalRequest, pk: int) -> HttpResponse:
    asked = _mine(request, pk)
    form = DeclineForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: services.decline_here(asked, reason=reason, by=request.user, at=timezone.now())):
            messages.success(request, _("You have declined to sign. The owner of the agreement is told."))
            return redirect("signing:sign", pk=pk)
    return _page(request, asked, TypedNameForm(party=asked.party), form)


@staff_only
@require_GET
def text(request: PortalRequest, pk: int) -> FileResponse:
    """The text to sign."""
    file = _mine(request, pk).agreement.verification.file
    if file is None:
        raise Http404
    return download(file.file, file.name)
