"""One agreement, and what is done with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from agreements.forms.agreements import AgreementEditForm, AgreementNewForm, MoveForm
from agreements.selectors import agreements as selectors
from agreements.selectors import renewals
from agreements.selectors.register import of_enterprise
from agreements.selectors.relatives import relatives
from agreements.services import agreements as services
from core.acting import attempt_edit, attempt_once, refuse
from core.errors import RuleBroken
from core.forms import fields_of
from core.paging import page_of
from partnerships import rules
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise


@staff_only
@require_GET
def agreement(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(selectors.agreement_with_parts(request.user), pk=pk)
    return render(request, "agreements/agreement.html", _page(request, record))


def _page(request: PortalRequest, record: Agreement) -> dict[str, object]:
    """What the page of an agreement shows to this person."""
    on, user = timezone.localdate(), request.user
    around = relatives(user, record, on=on)
    renewed_by = [each for each in around.chain if each.renewed_from_id == record.pk]
    return {
        "agreement": record,
        "enterprise": record.enterprise,
        "stage": record.stage_on(on),
        "relatives": around,
        "may_number": not record.number and rules.can_number_agreement(user),
        "steps": selectors.stepper(record, on=on),
        "moves": selectors.moves(user, record),
        "overlapping": selectors.overlapping(record),
        "renewal": renewals.renewal_of(record, on=on, renewed_by=renewed_by),
        "may_change": rules.can_change_agreement(user, record),
        "may_sign": rules.can_sign_agreement(user),
        "may_draft": rules.can_draft_agreement(user),
    }


@staff_only
@require_GET
def enterprise_agreements(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rows = of_enterprise(request.user, record, on=timezone.localdate())
    context = {
        "enterprise": record,
        "page": page_of(rows, request),
        "may_draft": rules.can_draft_agreement(request.user),
    }
    return render(request, "agreements/enterprise_agreements.html", context)


@staff_only
@require_http_methods(["GET", "POST"])
def agreement_new(request: PortalRequest, pk: int) -> HttpResponse:
    """Draw up an agreement; `?renews=<key>` begins with the words of the one that it renews."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_draft_agreement(request.user).or_raise()
    initial = selectors.renewal_of(request.user, enterprise, request.GET.get("renews", ""))
    form = AgreementNewForm(
        request.POST or None, enterprise=enterprise, user=request.user, initial={"owner": request.user.pk, **initial}
    )
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def draft() -> str:
            drafted = services.draft_agreement(enterprise, by=request.user, at=timezone.now(), **fields)
            return reverse("agreements:agreement", args=[drafted.pk])

        if address := attempt_once(form, draft):
            messages.success(request, _("The draft is on file. Send it to review when it is complete."))
            return redirect(address)
    return render(request, "agreements/agreement_form.html", {"form": form, "enterprise": enterprise})


@staff_only
@require_http_methods(["GET", "POST"])
def agreement_edit(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Agreement.objects.visible_to(request.user).select_related("enterprise"), pk=pk)
    rules.can_change_agreement(request.user, record).or_raise()
    form = AgreementEditForm(request.POST or None, instance=record, enterprise=record.enterprise, user=request.user)
    if request.method == "POST" and form.is_valid():
        fields, version = fields_of(form), form.cleaned_data["version"]
        saved = attempt_edit(
            form,
            record,
            lambda: services.change_agreement(
                record, version=version, fields=fields, by=request.user, at=timezone.now()
            ),
        )
        if saved:
            messages.success(request, _("Saved."))
            return redirect("agreements:agreement", pk=pk)
    context = {"form": form, "enterprise": record.enterprise, "agreement": record}
    return render(request, "agreements/agreement_form.html", context)


@staff_only
@require_POST
def agreement_move(request: PortalRequest, pk: int) -> HttpResponse:
    """Move the agreement on; a note that is missing is asked for on its page, where the rest stays as typed."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _not_moved(request, pk, move_form=form)
    said, record = form.cleaned_data, get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    try:
        moved = services.move_agreement(
            record, said["to"], by=request.user, at=timezone.now(), note=said["note"], version=said["version"]
        )
    except RuleBroken as refusal:
        if not refusal.field:
            return _not_moved(request, pk, refusal=str(refusal))
        refuse(form, refusal)
        return _not_moved(request, pk, move_form=form)
    messages.success(request, _("The agreement is now: %(state)s.") % {"state": moved.get_state_display()})
    return redirect("agreements:agreement", pk=pk)


def _not_moved(request: PortalRequest, pk: int, **why: object) -> HttpResponse:
    """The agreement as it stands now, with what is missing beside its field, or why it cannot be."""
    fresh = get_object_or_404(selectors.agreement_with_parts(request.user), pk=pk)
    context = {**_page(request, fresh), **why}
    return render(request, "agreements/agreement.html", context, status=422 if "move_form" in why else 409)
