"""Pages that people open by a link without signing in, whatever it is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Protocol, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

REQUESTS_A_MINUTE = 60


class Link(Protocol):
    """What a link opens; `pk` tells it from others of its kind."""

    @property
    def pk(self) -> Any: ...


L = TypeVar("L", bound=Link)
# Pages below a link's own take further numbers of their address.
Page = Callable[Concatenate[HttpRequest, L, str, ...], HttpResponseBase]
Opened = Callable[..., HttpResponseBase]


def opened_by(
    find: Callable[[str], L | None], *, language: Callable[[L], str], kind: str
) -> Callable[[Page[L]], Opened]:
    """Find the link, speak the language asked for or else its reader's, and leave no trace of the address.

    A request can be forged only by who knows the token, and browsers that say no referrer send no origin
    either: so there is no CSRF token on these pages. `kind` keeps the counts of requests of several tables apart.
    """

    def decorate(page: Page[L]) -> Opened:
        @csrf_exempt
        @login_not_required
        @never_cache
        @wraps(page)
        def opened(request: HttpRequest, token: str, **numbers: int) -> HttpResponseBase:
            link = find(token)
            if link is None:
                raise Http404
            with translation.override(asked_language(request) or language(link)):
                response = _too_often(request, link, kind) or page(request, link, token, **numbers)
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return opened

    return decorate


def asked_language(request: HttpRequest) -> str:
    """The language asked for in the address, or nothing."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def is_asked_too_often(link: Link, kind: str) -> bool:
    """Counts this request among those of this minute."""
    key = f"{kind}:{link.pk}:{timezone.now():%H%M}"
    seen = cache.get(key, 0) + 1
    cache.set(key, seen)
    return bool(seen > REQUESTS_A_MINUTE)


def _too_often(request: HttpRequest, link: Link, kind: str) -> HttpResponse | None:
    if not is_asked_too_often(link, kind):
        return None
    return render(request, "outside/wait.html", {"link": link}, status=429)
