"""How staff keep an enterprise's links and accounts."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import office_only, staff_only
from accounts.http import PortalRequest
from core.acting import attempt_once
from core.errors import RuleBroken
from desk import rules
from desk.forms import AskForm
from desk.models.accounts import ContactAccount
from desk.models.requests import DeskRequest
from desk.selectors.accounts import people_of
from desk.selectors.links import request_rows
from desk.services import accounts, requests
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from placements.models.postings import Posting


@require_GET
@staff_only
def enterprise(request: PortalRequest, pk: int) -> HttpResponse:
    """Letters with links that were sent to its people, and who of them has an account."""
    found = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    now = timezone.now()
    context = {
        "enterprise": found, "rows": request_rows(found, now=now),
        "people": people_of(found, on=timezone.localdate(now)),
        "may_ask": rules.can_ask_for_postings(request.user), "may_keep_accounts": rules.can_keep_accounts(request.user),
    }  # fmt: skip
    return render(request, "desk/enterprise.html", context)


@require_http_methods(["GET", "POST"])
@staff_only
def ask(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask a contact what their enterprise offers."""
    found = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    rules.can_ask_for_postings(request.user).or_raise()
    return _ask(request, found, None)


@require_http_methods(["GET", "POST"])
@office_only
def show(request: PortalRequest, pk: int) -> HttpResponse:
    """Let a contact see who applied to a posting."""
    posting = get_object_or_404(Posting.objects.select_related("enterprise"), pk=pk)
    return _ask(request, posting.enterprise, posting)


def _ask(request: PortalRequest, enterprise: Enterprise, posting: Posting | None) -> HttpResponse:
    now = timezone.now()
    form = AskForm(request.POST or None, enterprise=enterprise, on=timezone.localdate(now))

    def send() -> str:
        contact, words = form.cleaned_data["contact"], form.cleaned_data["words"]
        if posting is None:
            requests.ask_for_postings(enterprise, contact, words=words, by=request.user, at=now)
        else:
            requests.show_applicants(posting, contact, words=words, by=request.user, at=now)
        messages.success(request, _("A letter is on its way to %(name)s.") % {"name": contact.name})
        return reverse("desk:enterprise", args=[enterprise.pk])

    if request.method == "POST" and form.is_valid() and (address := attempt_once(form, send)):
        return redirect(address)
    context = {"form": form, "enterprise": enterprise, "posting": posting}
    return render(request, "desk/ask.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def request_change(request: PortalRequest, pk: int, what: str) -> HttpResponse:
    """Withdraw a link, or send a new letter."""
    found = get_object_or_404(DeskRequest.objects.select_related("enterprise"), pk=pk)
    act = requests.withdraw if what == "withdraw" else requests.send_again
    done = _("The link is withdrawn.") if what == "withdraw" else _("A new letter is on its way.")
    return _done(request, found.enterprise_id, lambda: act(found, by=request.user, at=timezone.now()), done)


@require_POST
@office_only
def invite(request: PortalRequest, pk: int) -> HttpResponse:
    """An account for a contact; somebody who has one and never signed in gets the letter once more."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("enterprise"), pk=pk)

    def invited() -> None:
        accounts.mail_invitation(accounts.account_to_invite(contact, by=request.user, at=timezone.now()))

    words = _("%(name)s gets a letter by which they choose a password.") % {"name": contact.name}
    return _done(request, contact.enterprise_id, invited, words)


@require_POST
@office_only
def account_end(request: PortalRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ContactAccount.objects.select_related("contact"), pk=pk)
    words = _("The account of %(name)s has ended.") % {"name": found.contact.name}
    return _done(
        request,
        found.contact.enterprise_id,
        lambda: accounts.end_account(found, by=request.user, at=timezone.now()),
        words,
    )


def _done(request: PortalRequest, enterprise: int, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("desk:enterprise", pk=enterprise)
