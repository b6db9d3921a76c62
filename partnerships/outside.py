"""Pages that people without an account open by a signed link, whatever it is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from partnerships.choices.links import LinkPurpose
from partnerships.models.links import SignedLink
from partnerships.selectors.links import link_by

REQUESTS_A_MINUTE = 60
L = TypeVar("L", bound=Model)
# Pages below a link's own take further numbers of their address.
Page = Callable[Concatenate[HttpRequest, L, str, ...], HttpResponseBase]
Opened = Callable[..., HttpResponseBase]


def by_token(purpose: LinkPurpose) -> Callable[[Page[SignedLink]], Opened]:
    """Pages of a signed link of a purpose; see opened_by."""
    return opened_by(partial(link_by, purpose=purpose), language=_own_language, kind="file-link")


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


def _own_language(link: SignedLink) -> str:
    """As the contact reads, else as the browser says."""
    return link.contact.language if link.contact else translation.get_language() or settings.LANGUAGE_CODE


def is_asked_too_often(link: Model, kind: str) -> bool:
    """Counts this request among those of this minute."""
    key = f"{kind}:{link.pk}:{timezone.now():%H%M}"
    seen = cache.get(key, 0) + 1
    cache.set(key, seen)
    return bool(seen > REQUESTS_A_MINUTE)


def _too_often(request: HttpRequest, link: Model, kind: str) -> HttpResponse | None:
    if not is_asked_too_often(link, kind):
        return None
    return render(request, "partnerships/outside/wait.html", {"link": link}, status=429)
