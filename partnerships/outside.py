"""Pages that people without an account open by a signed link, whatever it is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from partnerships.choices.links import LinkPurpose
from partnerships.models.links import SignedLink
from partnerships.selectors.links import link_by

REQUESTS_A_MINUTE = 60
Page = Callable[[HttpRequest, SignedLink, str], HttpResponseBase]
Opened = Callable[[HttpRequest, str], HttpResponseBase]


def by_token(purpose: LinkPurpose) -> Callable[[Page], Opened]:
    """Find the link, speak its reader's language, and leave no trace of the address anywhere.

    A request can be forged only by who knows the token, and browsers that say no referrer send no origin
    either: so there is no CSRF token on these pages.
    """

    def decorate(page: Page) -> Opened:
        @csrf_exempt
        @login_not_required
        @never_cache
        @wraps(page)
        def opened(request: HttpRequest, token: str) -> HttpResponseBase:
            link = link_by(token, purpose)
            if link is None:
                raise Http404
            with translation.override(_language(request, link)):
                response = _too_often(request, link) or page(request, link, token)
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return opened

    return decorate


def asked_language(request: HttpRequest) -> str:
    """The language asked for in the address, or nothing."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def _language(request: HttpRequest, link: SignedLink) -> str:
    """As asked on the page or in the letter, else as the contact reads, else as the browser says."""
    own = link.contact.language if link.contact else translation.get_language() or settings.LANGUAGE_CODE
    return asked_language(request) or own


def _too_often(request: HttpRequest, link: SignedLink) -> HttpResponse | None:
    key = f"file-link:{link.pk}:{timezone.now():%H%M}"
    cache.add(key, 0)
    seen = cache.get(key, 0) + 1
    cache.set(key, seen)
    if seen <= REQUESTS_A_MINUTE:
        return None
    return render(request, "partnerships/outside/wait.html", {"link": link}, status=429)
