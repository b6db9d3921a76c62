"""An enterprise offers postings by signed link. Opening a page changes nothing; only its buttons do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_POST

from core.acting import refuse
from core.errors import RuleBroken
from desk.forms import PassOnForm
from desk.models.requests import DeskRequest, PostingOffer
from desk.selectors.links import end_of, request_of
from desk.services import offering, requests
from desk.services.offering import Said
from desk.views.writing import Sheet, new_sheet, sheet_of
from partnerships.choices.links import LinkPurpose, LinkState
from partnerships.models.links import SignedLink
from partnerships.outside import by_token
from partnerships.services.links import LinkSpent, note_opened, note_refused
from placements.choices import PostingState
from placements.models.postings import Posting

offers_by_token = by_token(LinkPurpose.OFFER_POSTS)
shown_by_token = by_token(LinkPurpose.SEE_APPLICANTS)
FORWARDS = {LinkPurpose.OFFER_POSTS: "offer_forward", LinkPurpose.SEE_APPLICANTS: "link_forward"}
AGAINS = {LinkPurpose.OFFER_POSTS: "offer_again", LinkPurpose.SEE_APPLICANTS: "link_again"}
STARTS = {LinkPurpose.OFFER_POSTS: "offer", LinkPurpose.SEE_APPLICANTS: "link_applicants"}


def address(names: dict[LinkPurpose, str], link: SignedLink, token: str) -> str:
    name = names[LinkPurpose(link.purpose)]
    return f"{reverse(f'desk:{name}', args=[token])}?language={translation.get_language()}"


def closed(request: HttpRequest, link: SignedLink, end: LinkState, token: str) -> HttpResponse:
    """Why the link opens nothing, in words; of one that was used up, thanks and what was offered."""
    if request.method == "POST":
        note_refused(link, at=timezone.now(), state=end)
    asked = request_of(link)
    offers = asked.offers.select_related("posting") if asked and end == LinkState.ANSWERED else []
    context = {
        "link": link, "state": end, "asked": asked, "again": address(AGAINS, link, token),
        "offers": [(each, "") for each in offers],
    }  # fmt: skip
    return render(request, "desk/outside/closed.html", context, status=200 if end == LinkState.ANSWERED else 410)


def opened(request: HttpRequest, link: SignedLink) -> tuple[DeskRequest | None, LinkState | None]:
    """What a link is for, and why it opens nothing; that it was opened is kept, and nothing else."""
    now, asked = timezone.now(), request_of(link)
    if request.method != "POST":
        note_opened(link, at=now, note="HEAD" if request.method == "HEAD" else "")
    return asked, end_of(link, asked, now=now)


@offers_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """The form of a posting, and those that were sent by this link before."""
    asked, end = opened(request, link)
    if asked is None or end is not None:
        return closed(request, link, end or LinkState.WITHDRAWN, token)
    sheet = new_sheet(request.POST if request.method == "POST" else None, link.contact)

    def send(said: Said) -> str:
        offering.offer_by_link(link, said=said, at=timezone.now())
        return "offered"  # not the address: its token is kept nowhere

    try:
        if sheet.offer(send):
            return redirect(address(STARTS, link, token))
    except LinkSpent as spent:
        return closed(request, link, spent.state, token)
    context = {**_of_sheet(sheet, asked, link, token), "offers": _offers(asked, token)}
    return render(request, "desk/outside/offer.html", context, status=sheet.status)


def _of_sheet(sheet: Sheet, asked: DeskRequest, link: SignedLink, token: str) -> dict[str, Any]:
    return {
        "form": sheet.form, "rows": sheet.rows, "link": link, "asked": asked, "start": address(STARTS, link, token),
        "forward": address(FORWARDS, link, token), "done": _address("offer_done", token),
    }  # fmt: skip


def _address(name: str, token: str, *args: int) -> str:
    return f"{reverse(f'desk:{name}', args=[token, *args])}?language={translation.get_language()}"


def _offers(asked: DeskRequest, token: str) -> list[tuple[PostingOffer, str]]:
    """What was offered by this request, each with the address where it is corrected if it was sent back."""
    return [
        (each, _address("offer_edit", token, each.posting_id) if each.posting.state == PostingState.DRAFT else "")
        for each in asked.offers.select_related("posting")
    ]


@offers_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def offer_edit(request: HttpRequest, link: SignedLink, token: str, pk: int) -> HttpResponse:
    """What the school sent back is corrected and offered again; of anything else there is nothing here."""
    asked, end = opened(request, link)
    if asked is None or end is not None:
        return closed(request, link, end or LinkState.WITHDRAWN, token)
    found = get_object_or_404(Posting, offer__request=asked, state=PostingState.DRAFT, pk=pk)
    sheet = sheet_of(found, request.POST if request.method == "POST" else None, link.contact)
    try:
        if sheet.correct(lambda version, said: offering.correct_by_link(
            link, found, version=version, said=said, at=timezone.now()
        )):  # fmt: skip
            return redirect(address(STARTS, link, token))
    except LinkSpent as spent:
        return closed(request, link, spent.state, token)
    context = {**_of_sheet(sheet, asked, link, token), "posting": found}
    return render(request, "desk/outside/correct.html", context, status=sheet.status)


@offers_by_token
@require_POST
def offer_done(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """That was all, or there is nothing to offer."""
    try:
        offering.end_offering(link, at=timezone.now())
    except LinkSpent as spent:
        return closed(request, link, spent.state, token)
    return redirect(address(STARTS, link, token))


def _forward(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """A colleague is the right person."""
    asked = request_of(link)
    end = end_of(link, asked, now=timezone.now())
    if end is not None:
        return closed(request, link, end, token)
    form = PassOnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        language = translation.get_language() or settings.LANGUAGE_CODE
        try:
            requests.forward(link, **form.cleaned_data, language=language, at=timezone.now())
        except LinkSpent as spent:
            return closed(request, link, spent.state, token)
        except RuleBroken as error:
            refuse(form, error)
        else:
            return redirect(address(STARTS, link, token))
    context = {"form": form, "link": link, "asked": asked, "back": address(STARTS, link, token)}
    return render(request, "desk/outside/forward.html", context, status=422 if form.errors else 200)


def _again(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """A new link in place of an expired one, to the address on file."""
    refusal = ""
    try:
        requests.send_new(link, at=timezone.now())
    except LinkSpent as spent:
        return closed(request, link, spent.state, token)
    except RuleBroken as error:
        refusal = str(error)
    context = {"link": link, "refusal": refusal}
    return render(request, "partnerships/outside/sent.html", context, status=429 if refusal else 200)


offer_forward = offers_by_token(require_http_methods(["GET", "HEAD", "POST"])(_forward))
link_forward = shown_by_token(require_http_methods(["GET", "HEAD", "POST"])(_forward))
offer_again = offers_by_token(require_POST(_again))
link_again = shown_by_token(require_POST(_again))
