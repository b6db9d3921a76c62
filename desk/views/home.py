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
from core.acting import attempt_once
from core.paging import page_of
from desk.forms import OfferForm
from desk.selectors import applicants as selectors
from desk.services import offering
from desk.views import seeing
from desk.visitors import by_account
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


@require_http_methods(["GET", "POST"])
@contacts_only
def posting_new(request: PortalRequest) -> HttpResponse:
    """A posting in the enterprise's own words; it arrives in review."""
    visitor = by_account(request)
    form = OfferForm(request.POST or None, contact=visitor.contact)

    def send() -> str:
        assert visitor.account is not None  # noqa: S101 - by_account has found it
        said, majors = form.posting_fields(), form.cleaned_data["majors"]
        made = offering.offer_by_account(visitor.account, fields=said, majors=majors, at=timezone.now())
        messages.success(request, _("Thank you. The school looks at the posting and publishes it."))
        return reverse("desk:posting", args=[made.pk])

    if request.method == "POST" and form.is_valid() and (address := attempt_once(form, send)):
        return redirect(address)
    context = {"form": form, "enterprise": visitor.enterprise}
    return render(request, "desk/posting_new.html", context, status=422 if form.errors else 200)


@require_GET
@contacts_only
def posting(request: PortalRequest, pk: int) -> HttpResponse:
    visitor = by_account(request)
    return seeing.list_page(request, visitor, get_object_or_404(visitor.postings().select_related("province"), pk=pk))


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
