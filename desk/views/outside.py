"""An enterprise offers postings by signed link. Opening a page changes nothing; only its buttons do."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_POST

from core.acting import attempt_once, refuse
from core.errors import RuleBroken
from desk.forms import OfferForm, PassOnForm
from desk.models.requests import DeskRequest
from desk.selectors.links import end_of, request_of
from desk.services import offering, requests
from partnerships.choices.links import LinkPurpose, LinkState
from partnerships.models.links import SignedLink
from partnerships.outside import by_token
from partnerships.services.links import LinkSpent, note_opened, note_refused

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
    context = {
        "link": link, "state": end, "asked": asked, "again": address(AGAINS, link, token),
        "offers": list(asked.offers.select_related("posting")) if asked and end == LinkState.ANSWERED else [],
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
    form = OfferForm(request.POST if request.method == "POST" else None, contact=link.contact)

    def send() -> str:
        said, majors = form.posting_fields(), form.cleaned_data["majors"]
        offering.offer_by_link(link, fields=said, majors=majors, at=timezone.now())
        return "offered"  # not the address: its token is kept nowhere

    if request.method == "POST" and form.is_valid():
        try:
            if attempt_once(form, send):
                return redirect(address(STARTS, link, token))
        except LinkSpent as spent:
            return closed(request, link, spent.state, token)
    return _sheet(request, asked, link, form, token)


def _sheet(request: HttpRequest, asked: DeskRequest, link: SignedLink, form: OfferForm, token: str) -> HttpResponse:
    context = {
        "form": form, "link": link, "asked": asked, "offers": list(asked.offers.select_related("posting")),
        "here": address(STARTS, link, token), "forward": address(FORWARDS, link, token),
        "done": f"{reverse('desk:offer_done', args=[token])}?language={translation.get_language()}",
    }  # fmt: skip
    return render(request, "desk/outside/offer.html", context, status=422 if form.errors else 200)


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
