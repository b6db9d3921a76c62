"""Letters to many enterprises: written, looked at, sent once, and followed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from core.paging import page_of
from notifications.choices import MessageState
from partnerships import rules
from partnerships.choices.lists import MOST_AT_ONCE
from partnerships.forms.bulk import Selection
from partnerships.forms.mailings import MailingForm
from partnerships.models.lists import Mailing
from partnerships.selectors.mailings import (
    PREVIEWS,
    addressees,
    letters_of,
    progress_of,
    with_enterprises,
    written_to,
)
from partnerships.services.mailings import send_mailing
from partnerships.views.lists import LIST, address_of


@staff_only
@require_http_methods(["GET", "POST"])
def mailing_new(request: PortalRequest) -> HttpResponse:
    """Write it; `step=preview` shows the first letters as they will be, `step=send` sends."""
    rules.can_change_many(request.user).or_raise()
    is_sent = request.method == "POST"
    selection = Selection.of(request.POST if is_sent else request.GET)
    rows, on = selection.rows(request.user, on=timezone.localdate()), timezone.localdate()
    form = MailingForm(request.POST if is_sent else None)
    is_ready = is_sent and not selection.is_empty and form.is_valid()
    if is_ready and request.POST.get("step") == "send" and (address := _send(request, selection, form)):
        return redirect(address)
    found = addressees(rows, request.user, on=on)
    context: dict[str, Any] = {"selection": selection, "found": found, "form": form, "most": MOST_AT_ONCE}
    context |= {"back": address_of(LIST, selection.filter), "count": found.chosen}
    context["has_changed"] = selection.has_changed(found.chosen)
    if is_ready:
        text = (form.cleaned_data["subject"], form.cleaned_data["body"])
        context["previews"] = [written_to(contact, *text) for contact in found.letters[:PREVIEWS]]
    return render(request, "partnerships/mailing_form.html", context)


def _send(request: PortalRequest, selection: Selection, form: MailingForm) -> str:
    """Put the letters into the outbox once; where the mailing stands, or "" when it was refused."""

    def act() -> str:
        fields, rows = form.cleaned_data, selection.rows(request.user, on=timezone.localdate())
        mailing = send_mailing(
            rows, subject=fields["subject"], body=fields["body"], said=fields["count"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        words = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", mailing.letters)
        messages.success(request, words % {"number": mailing.letters})
        return reverse("partnerships:mailing", args=[mailing.pk])

    return attempt_once(form, act)


@staff_only
@require_GET
def mailing_list(request: PortalRequest) -> HttpResponse:
    """What was written to many, newest first, and how far it has come."""
    page = page_of(Mailing.objects.visible_to(request.user).select_related("by"), request)
    progress = progress_of(page.object_list)
    rows = [(mailing, progress.get(mailing.pk, {})) for mailing in page]
    return render(request, "partnerships/mailing_list.html", {"page": page, "rows": rows})


@staff_only
@require_GET
def mailing(request: PortalRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Mailing.objects.visible_to(request.user).select_related("by"), pk=pk)
    page = page_of(letters_of(record), request)
    states = progress_of([record]).get(record.pk, {})
    context = {
        "mailing": record,
        "page": page,
        "rows": with_enterprises(page.object_list),
        "states": [(state.value, state.label, states.get(state.value, 0)) for state in MessageState],
        "sent": states.get(MessageState.SENT, 0),
    }
    return render(request, "partnerships/mailing.html", context)
