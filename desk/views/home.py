"""The pages of a contact who signed in: the enterprise's own postings and applicants, and nothing else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import contacts_only
from accounts.http import PortalRequest
from core.paging import page_of
from desk.models.accounts import ContactAccount
from desk.selectors import applicants as selectors
from desk.services import offering
from desk.services.offering import Said
from desk.views import hours, seeing
from desk.views.writing import new_sheet, sheet_of
from desk.visitors import Visitor, by_account
from placements.choices import PostingState
from placements.models.postings import Posting
from placements.selectors.postings import response_rate


@require_GET
@contacts_only
def home(request: PortalRequest) -> HttpResponse:
    visitor, on = by_account(request), timezone.localdate()
    context = {
        "enterprise": visitor.enterprise, "page": page_of(selectors.own_postings(visitor), request),
        "promised": selectors.promised(visitor, on=on), "offers": selectors.offers(visitor),
        "rate": response_rate(visitor.enterprise, on=on), "today": on, "visitor": visitor,
    }  # fmt: skip
    return render(request, "desk/home.html", context)


def _account(visitor: Visitor) -> ContactAccount:
    assert visitor.account is not None  # noqa: S101 - by_account has found it
    return visitor.account


@require_http_methods(["GET", "POST"])
@contacts_only
def posting_new(request: PortalRequest) -> HttpResponse:
    """A posting in the enterprise's own words; it arrives in review."""
    visitor = by_account(request)
    sheet = new_sheet(request.POST or None, visitor.contact)

    def send(said: Said) -> str:
        made = offering.offer_by_account(_account(visitor), said=said, at=timezone.now())
        messages.success(request, _thanks(made))
        return reverse("desk:posting", args=[made.pk])

    if address := sheet.offer(send):
        return redirect(address)
    context = {"form": sheet.form, "rows": sheet.rows, "enterprise": visitor.enterprise}
    return render(request, "desk/posting_new.html", context, status=sheet.status)


def _thanks(posting: Posting) -> str:
    """A trusted enterprise's posting passes by itself."""
    if posting.state == PostingState.PUBLISHED:
        return _("Thank you. The posting is published: students see it now.")
    return _("Thank you. The school looks at the posting and publishes it.")


@require_http_methods(["GET", "POST"])
@contacts_only
def posting_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """What the school sent back is corrected and offered again; of anything else there is nothing here."""
    visitor = by_account(request)
    found = get_object_or_404(visitor.postings().filter(state=PostingState.DRAFT), pk=pk)
    sheet = sheet_of(found, request.POST or None, visitor.contact)

    def send(version: int, said: Said) -> None:
        made = offering.correct_by_account(_account(visitor), found, version=version, said=said, at=timezone.now())
        messages.success(request, _thanks(made))

    if sheet.correct(send):
        return redirect("desk:posting", pk=pk)
    context = {"form": sheet.form, "rows": sheet.rows, "posting": found, "enterprise": visitor.enterprise}
    return render(request, "desk/posting_new.html", context, status=sheet.status)


@require_GET
@contacts_only
def posting(request: PortalRequest, pk: int) -> HttpResponse:
    visitor = by_account(request)
    return seeing.list_page(request, visitor, get_object_or_404(visitor.postings(), pk=pk))


@require_http_methods(["GET", "POST"])
@contacts_only
def interviews(request: PortalRequest, pk: int) -> HttpResponse:
    """The interview hours of one posting."""
    visitor = by_account(request)
    return hours.hours_page(request, visitor, get_object_or_404(visitor.postings(), pk=pk))


@require_POST
@contacts_only
def interview_cancel(request: PortalRequest, pk: int) -> HttpResponse:
    return hours.take_back(request, by_account(request), pk)


@require_GET
@contacts_only
def application(request: PortalRequest, pk: int) -> HttpResponse:
    return seeing.application_page(request, by_account(request), pk)


@require_POST
@contacts_only
def application_move(request: PortalRequest, pk: int) -> HttpResponse:
    return seeing.move(request, by_account(request), pk)


@require_GET
@contacts_only
def document(request: PortalRequest, pk: int, document: int) -> HttpResponseBase:
    return seeing.document(request, by_account(request), pk, document)
