"""What a member's representative does by their personal link, without an account.

A mail program, a scanner or whoever else opens a link changes nothing; only its buttons do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.choices import MemberLinkState
from communities.forms.sharing import ResourceFilter, WishForm
from communities.models.members import MemberLink
from communities.selectors import member_links as links
from communities.selectors import sharing as selectors
from communities.services import asking
from core.acting import attempt_once
from core.errors import RuleBroken
from core.forms import fields_of
from core.outside import is_asked_too_often
from core.paging import page_of

P = ParamSpec("P")


def _by_token(
    page: Callable[Concatenate[HttpRequest, MemberLink, str, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Find the link, speak its reader's language, refuse in words one that does not hold, and leave no trace.

    A request can be forged only by who knows the token, and browsers that say no referrer send no origin
    either: so there is no CSRF token on these pages.
    """

    @csrf_exempt
    @login_not_required
    @never_cache
    @wraps(page)
    def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        link = links.link_by(token)
        if link is None:
            raise Http404
        with translation.override(_language(request, link)):
            response = _refused(request, link) or page(request, link, token, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return opened


def _language(request: HttpRequest, link: MemberLink) -> str:
    """As asked on the page or in the letter, else as the contact reads, else as the browser says."""
    asked = request.GET.get("language", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return links.language_of(link.representative, otherwise=translation.get_language() or settings.LANGUAGE_CODE)


def _refused(request: HttpRequest, link: MemberLink) -> HttpResponse | None:
    """A page that says why, or nothing."""
    state = links.state_of(link, now=timezone.now())
    if is_asked_too_often(link, "member-link"):
        return render(request, "communities/sharing_closed.html", {"link": link, "state": "wait"}, status=429)
    if state != MemberLinkState.OPEN:
        return render(request, "communities/sharing_closed.html", {"link": link, "state": state}, status=410)
    return None


def _address(name: str, *args: object) -> str:
    return f"{reverse(f'communities:{name}', args=args)}?language={translation.get_language()}"


@_by_token
@require_safe
def shared(request: HttpRequest, link: MemberLink, token: str) -> HttpResponse:
    """What is shared in the communities of this member, and what its representative asked for."""
    on = timezone.localdate()
    form = ResourceFilter(request.GET, units=selectors.units_by_link(link, on=on))
    page = page_of(selectors.found_by_link(link, form.chosen, on=on), request)
    for row in page:
        row.is_own = selectors.is_own(row, link.representative.membership)  # type: ignore[attr-defined]
    context = {
        "link": link, "token": token, "form": form, "page": page, "wishes": list(selectors.asked_by_link(link)[:20]),
        "here": _address("shared", token),
    }  # fmt: skip
    return render(request, "communities/sharing_outside.html", context)


@_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def shared_ask(request: HttpRequest, link: MemberLink, token: str, pk: int) -> HttpResponse:
    """One resource, and the form that asks for it; opening it does nothing."""
    resource = get_object_or_404(selectors.of_link(link, on=timezone.localdate()), pk=pk)
    language = translation.get_language() or settings.LANGUAGE_CODE
    form = WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        fields = fields_of(form)

        def ask() -> str:
            asking.ask_by_link(link, resource, **fields, language=language, at=timezone.now())
            return reverse("communities:shared", args=[token])

        if attempt_once(form, ask):
            return redirect(f"{_address('shared', token)}#asked")
    context = {
        "link": link, "form": form, "resource": resource, "here": _address("shared_ask", token, pk),
        "back": _address("shared", token), "is_own": selectors.is_own(resource, link.representative.membership),
        "is_over": resource.ended_on is not None and resource.ended_on < timezone.localdate(),
    }  # fmt: skip
    return render(request, "communities/sharing_ask.html", context)


@_by_token
@require_POST
def shared_withdraw(request: HttpRequest, link: MemberLink, token: str, pk: int) -> HttpResponse:
    """The representative takes back what they asked for."""
    wish = get_object_or_404(selectors.asked_by_link(link), pk=pk)
    try:
        asking.withdraw_by_link(link, wish, at=timezone.now())
    except RuleBroken as error:
        return render(request, "communities/sharing_closed.html", {"link": link, "refusal": str(error)}, status=409)
    return redirect(f"{_address('shared', token)}#asked")
