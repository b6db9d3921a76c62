"""An enterprise sees who applied to one posting by signed link, until it ends or is withdrawn."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from desk import visitors
from desk.views import hours, seeing
from desk.views.outside import closed, opened, shown_by_token
from desk.visitors import Visitor
from partnerships.choices.links import LinkState
from partnerships.models.links import SignedLink
from placements.models.postings import Posting


def _seen(
    request: HttpRequest, link: SignedLink, token: str, show: Callable[[Visitor, Posting], HttpResponseBase]
) -> HttpResponseBase:
    """The page, as long as the link opens it."""
    asked, end = opened(request, link)
    if asked is None or asked.posting is None or link.contact is None or end is not None:
        return closed(request, link, end or LinkState.WITHDRAWN, token)
    return show(visitors.by_link(link.contact, asked, token), asked.posting)


@shown_by_token
@require_http_methods(["GET", "HEAD"])
def applicants(request: HttpRequest, link: SignedLink, token: str) -> HttpResponseBase:
    return _seen(request, link, token, lambda visitor, posting: seeing.list_page(request, visitor, posting))


@shown_by_token
@require_http_methods(["GET", "HEAD", "POST"])
def interviews(request: HttpRequest, link: SignedLink, token: str) -> HttpResponseBase:
    return _seen(request, link, token, lambda visitor, posting: hours.hours_page(request, visitor, posting))


@shown_by_token
@require_POST
def interview_cancel(request: HttpRequest, link: SignedLink, token: str, pk: int) -> HttpResponseBase:
    return _seen(request, link, token, lambda visitor, _posting: hours.take_back(request, visitor, pk))


@shown_by_token
@require_http_methods(["GET", "HEAD"])
def application(request: HttpRequest, link: SignedLink, token: str, pk: int) -> HttpResponseBase:
    return _seen(request, link, token, lambda visitor, _posting: seeing.application_page(request, visitor, pk))


@shown_by_token
@require_POST
def application_move(request: HttpRequest, link: SignedLink, token: str, pk: int) -> HttpResponseBase:
    return _seen(request, link, token, lambda visitor, _posting: seeing.move(request, visitor, pk))


@shown_by_token
@require_http_methods(["GET", "HEAD"])
def document(request: HttpRequest, link: SignedLink, token: str, pk: int, document: int) -> HttpResponseBase:
    return _seen(request, link, token, lambda visitor, _posting: seeing.document(request, visitor, pk, document))
