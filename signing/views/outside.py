"""Somebody without an account signs by signed link. Opening a page changes nothing; only its buttons do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods

from core.acting import refuse
from core.errors import RuleBroken
from core.uploads import download
from partnerships.choices.links import LinkPurpose, LinkState
from partnerships.models.links import SignedLink
from partnerships.outside import by_token
from partnerships.selectors.links import state_of
from partnerships.services.links import note_opened, note_refused
from signing.certificates import certificate as certificate_pdf
from signing.choices import LinkEnd
from signing.forms import DeclineForm, PassOnForm, TypedNameForm
from signing.models import SigningRequest
from signing.selectors.parties import name_of, names_of
from signing.selectors.states import end_of, request_of
from signing.services import signing as services

_by_token = by_token(LinkPurpose.SIGN_AGREEMENT)


def _address(name: str, token: str) -> str:
    return f"{reverse(f'signing:{name}', args=[token])}?language={translation.get_language()}"


def _closed(request: HttpRequest, link: SignedLink, end: LinkEnd, token: str) -> HttpResponse:
    """Why nothing is signed here, in words; of a link that was used, what was done by it."""
    now = timezone.now()
    if request.method == "POST":
        note_refused(link, at=now, state=state_of(link, now=now))
    asked = request_of(link)
    party = name_of(asked.party) if asked else ""
    certificate = _address("link_certificate", token)
    context = {"link": link, "end": end, "asked": asked, "party": party, "certificate": certificate}
    status = 200 if end in (LinkEnd.SIGNED, LinkEnd.DECLINED) else 410
    return render(request, "signing/outside/closed.html", context, status=status)


def _open_request(link: SignedLink) -> tuple[SigningRequest | None, LinkEnd | None]:
    asked = request_of(link)
    return asked, end_of(link, asked, now=timezone.now())


@_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    now, sends = timezone.now(), request.method == "POST"
    if not sends:
        note_opened(link, at=now, note="HEAD" if request.method == "HEAD" else "")
    asked, end = _open_request(link)
    if asked is None or end is not None:
        return _closed(request, link, end or LinkEnd.WITHDRAWN, token)
    form = TypedNameForm(request.POST if sends else None, party=asked.party)
    if sends and form.is_valid():
        try:
            services.sign_by_link(link, typed_name=form.cleaned_data["typed_name"], at=now)
        except services.NothingToSign as nothing:
            return _closed(request, link, nothing.end, token)
        except RuleBroken as error:
            refuse(form, error)
        else:
            return redirect(_address("link", token))
    return _sheet(request, asked, form, token)


def _sheet(request: HttpRequest, asked: SigningRequest, form: TypedNameForm, token: str) -> HttpResponse:
    agreement = asked.agreement
    context = {
        "asked": asked, "agreement": agreement, "party": name_of(asked.party), "parties": names_of(agreement),
        "verification": agreement.verification, "form": form, "link": asked.link, "here": _address("link", token),
        "text": _address("link_text", token), "forward": _address("link_forward", token),
        "decline": _address("link_decline", token),
    }  # fmt: skip
    return render(request, "signing/outside/sign.html", context, status=422 if form.errors else 200)


@_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def link_forward(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Somebody else signs."""
    form = PassOnForm(request.POST or None)

    def forward() -> object:
        language = translation.get_language() or settings.LANGUAGE_CODE
        return services.forward(link, **form.cleaned_data, language=language, at=timezone.now())

    return _other_act(request, link, token, form, forward, template="signing/outside/forward.html")


@_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def link_decline(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    form = DeclineForm(request.POST or None)

    def decline() -> object:
        return services.decline_by_link(link, reason=form.cleaned_data["reason"], at=timezone.now())

    return _other_act(request, link, token, form, decline, template="signing/outside/decline.html")


def _other_act(
    request: HttpRequest, link: SignedLink, token: str, form: Form, act: Callable[[], object], *, template: str
) -> HttpResponse:
    """What may be done instead of signing, as long as there is something to sign."""
    asked, end = _open_request(link)
    if asked is None or end is not None:
        return _closed(request, link, end or LinkEnd.WITHDRAWN, token)
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except services.NothingToSign as nothing:
            return _closed(request, link, nothing.end, token)
        except RuleBroken as error:
            refuse(form, error)
        else:
            return redirect(_address("link", token))
    party, back = name_of(asked.party), _address("link", token)
    return render(request, template, {"form": form, "link": link, "asked": asked, "party": party, "back": back})


@_by_token
@require_GET
def link_text(request: HttpRequest, link: SignedLink, token: str) -> FileResponse | HttpResponse:
    """The text, while it can be signed and for who has signed it."""
    asked, end = _open_request(link)
    if asked is None or end not in (None, LinkEnd.SIGNED):
        return _closed(request, link, end or LinkEnd.WITHDRAWN, token)
    file = asked.agreement.verification.file
    if file is None:
        raise Http404
    return download(file.file, file.name)


@_by_token
@require_GET
def link_certificate(request: HttpRequest, link: SignedLink, token: str) -> FileResponse:
    """For who has signed by this link."""
    asked = request_of(link)
    if asked is None or asked.signed_at is None or state_of(link, now=timezone.now()) != LinkState.ANSWERED:
        raise Http404
    found = asked.agreement.verification
    return FileResponse(BytesIO(certificate_pdf(found)), as_attachment=True, filename=f"{found.serial}.pdf")
