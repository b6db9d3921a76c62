"""The review of an agreement before its end: what came of it, and what is to become of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from agreements.choices import RenewalDecision
from agreements.selectors.renewals import renewal_of
from agreements.services.renewals import decide_renewal
from core.acting import attempt_once
from core.forms import fields_of
from partnerships import rules
from partnerships.models.agreements import Agreement
from visits.forms.renewals import RenewalForm
from visits.selectors.renewals import evidence_of


@staff_only
@require_http_methods(["GET", "POST"])
def renewal_review(request: PortalRequest, pk: int) -> HttpResponse:
    rows = Agreement.objects.visible_to(request.user).select_related("enterprise", "kind", "owner")
    agreement, on = get_object_or_404(rows, pk=pk), timezone.localdate()
    renewal = renewal_of(agreement, on=on)
    form = RenewalForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (address := _decided(request, form, agreement)):
        messages.success(request, _("The decision is on file."))
        return redirect(address)
    context = {
        "agreement": agreement,
        "enterprise": agreement.enterprise,
        "renewal": renewal,
        "evidence": evidence_of(request.user, agreement, on=on),
        "form": form,
        "may_decide": rules.can_decide_renewal(request.user, agreement),
    }
    return render(request, "visits/renewal_review.html", context)


def _decided(request: PortalRequest, form: RenewalForm, agreement: Agreement) -> str:
    """The decision on file; where to go on: the draft that renews the agreement, or its page."""
    fields = fields_of(form)

    def decide() -> str:
        decide_renewal(agreement, **fields, by=request.user, at=timezone.now())
        if fields["decision"] == RenewalDecision.LET_END or not rules.can_draft_agreement(request.user):
            return reverse("agreements:agreement", args=[agreement.pk])
        return reverse("agreements:agreement_new", args=[agreement.enterprise_id]) + f"?renews={agreement.pk}"

    return attempt_once(form, decide)
