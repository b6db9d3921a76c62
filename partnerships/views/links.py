"""What an enterprise's contact does by signed link, without an account.

A mail program, a scanner or whoever else opens a link changes nothing; only its buttons do.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import RuleBroken
from partnerships.choices.links import LinkPurpose, LinkState
from partnerships.forms.links import COMMON_REASONS, FileAnswerForm, ForwardForm
from partnerships.models.links import SignedLink
from partnerships.outside import by_token
from partnerships.selectors import links as selectors
from partnerships.services import answers
from partnerships.services import links as services

_by_token = by_token(LinkPurpose.CONFIRM_FILE)


def _address(name: str, token: str) -> str:
    return f"{reverse(f'partnerships:{name}', args=[token])}?language={translation.get_language()}"


def _closed(request: HttpRequest, link: SignedLink, state: LinkState, token: str) -> HttpResponse:
    """Why the link cannot be used; of an answered one, thanks."""
    if request.method == "POST":
        services.note_refused(link, at=timezone.now(), state=state)
    status = 200 if state == LinkState.ANSWERED else 410
    context = {"link": link, "state": state, "again": _address("file_again", token)}
    return render(request, "partnerships/outside/closed.html", context, status=status)


@_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def file_link(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    now = timezone.now()
    state, sends = selectors.state_of(link, now=now), request.method == "POST"
    if not sends:
        services.note_opened(link, at=now, note="HEAD" if request.method == "HEAD" else "")
    if state != LinkState.OPEN:
        return _closed(request, link, state, token)
    form = FileAnswerForm(request.POST if sends else None, link=link)
    if sends and form.is_valid():
        try:
            answers.answer_file(link, said=form.said(), at=now)
        except services.LinkSpent as spent:
            return _closed(request, selectors.link_by(token, LinkPurpose.CONFIRM_FILE) or link, spent.state, token)
        return redirect(_address("file_link", token))
    context = {
        "form": form, "link": link, "reasons": COMMON_REASONS, "here": _address("file_link", token),
        "forward": _address("file_forward", token),
    }  # fmt: skip
    return render(request, "partnerships/outside/file.html", context)


@_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def file_forward(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """This is for a colleague."""
    now = timezone.now()
    state = selectors.state_of(link, now=now)
    if state != LinkState.OPEN:
        return _closed(request, link, state, token)
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        language = translation.get_language() or settings.LANGUAGE_CODE
        try:
            services.forward_link(link, **form.cleaned_data, language=language, at=now)
        except services.LinkSpent as spent:
            return _closed(request, link, spent.state, token)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            return redirect(_address("file_link", token))
    context = {"form": form, "link": link, "back": _address("file_link", token)}
    return render(request, "partnerships/outside/forward.html", context)


@_by_token
@require_POST
def file_again(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """A new link in place of an expired one, to the address on file."""
    refusal = ""
    try:
        services.send_new_link(link, language=translation.get_language() or settings.LANGUAGE_CODE, at=timezone.now())
    except services.LinkSpent as spent:
        return _closed(request, link, spent.state, token)
    except RuleBroken as error:
        refusal = str(error)
    context = {"link": link, "refusal": refusal}
    return render(request, "partnerships/outside/sent.html", context, status=429 if refusal else 200)
