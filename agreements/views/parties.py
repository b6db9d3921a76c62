"""The parties of an agreement: the page on which they are added, given letters and roles, and removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import staff_only
from accounts.http import PortalRequest
from agreements.forms.parties import PartyChangeForm, PartyForm, PartySearch
from agreements.selectors.parties import units_found
from agreements.services import numbers
from agreements.services import parties as services
from core.acting import attempt_edit
from partnerships import rules
from partnerships.choices.agreements import AgreementState, PartyRole
from partnerships.models.agreements import Agreement


def _agreement(request: PortalRequest, pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(request.user).select_related("enterprise")
    record = get_object_or_404(rows.prefetch_related("parties__enterprise", "colleges"), pk=pk)
    rules.can_change_agreement(request.user, record).or_raise()
    return record


@staff_only
@require_http_methods(["GET", "POST"])
def parties(request: PortalRequest, pk: int) -> HttpResponse:
    """The parties with their buttons; `?find=` looks for one more, POST adds it."""
    record = _agreement(request, pk)
    search = PartySearch(request.GET)
    words = request.POST.get("find", "")[:200] or search.chosen.get("find", "")
    form = None
    if words:
        found = units_found(request.user, record, words)
        initial = {"version": record.version, "find": words}
        form = PartyForm(request.POST or None, found=found, words=words, initial=initial)
    if request.method == "POST" and form and form.is_valid() and _added(request, record, form):
        return redirect("agreements:parties", pk=pk)
    return render(request, "agreements/parties.html", _page(record, search, form))


def _added(request: PortalRequest, record: Agreement, form: PartyForm) -> bool:
    told = {"role": form.cleaned_data["role"], "version": form.cleaned_data["version"]}
    now = timezone.now()
    added = attempt_edit(
        form, record, lambda: services.add_party(record, **form.chosen_unit, **told, by=request.user, at=now)
    )
    if added:
        messages.success(request, _("The party is on the agreement."))
    return added


def _page(record: Agreement, search: PartySearch, form: PartyForm | None) -> dict[str, object]:
    return {
        "agreement": record,
        "enterprise": record.enterprise,
        "search": search,
        "form": form,
        "roles": PartyRole.choices,
        "is_draft": record.state == AgreementState.DRAFT,
    }


@staff_only
@require_POST
def party_change(request: PortalRequest, pk: int) -> HttpResponse:
    """A button of one party's row; a refusal is said on the page of the parties."""
    record = _agreement(request, pk)
    form = PartyChangeForm(request.POST)
    if form.is_valid() and attempt_edit(form, record, lambda: _change(request, record, form)):
        messages.success(request, _("Saved."))
        return redirect("agreements:parties", pk=pk)
    for refusals in form.errors.values():
        messages.error(request, " ".join(str(refusal) for refusal in refusals))
    return redirect("agreements:parties", pk=pk)


def _change(request: PortalRequest, record: Agreement, form: PartyChangeForm) -> None:
    said = form.cleaned_data
    if said["act"] == "role":
        services.change_role(
            record, said["party"], role=said["role"], version=said["version"], by=request.user, at=timezone.now()
        )
    else:
        act = services.move_up if said["act"] == "up" else services.remove_party
        act(record, said["party"], version=said["version"], by=request.user, at=timezone.now())


@staff_only
@require_POST
def agreement_number(request: PortalRequest, pk: int) -> HttpResponse:
    """Give the agreement the next number of its series."""
    record = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    numbered = numbers.number_agreement(record, by=request.user, at=timezone.now())
    messages.success(request, _("The agreement has the number %(number)s.") % {"number": numbered.number})
    return redirect("agreements:agreement", pk=pk)
