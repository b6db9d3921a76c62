"""What happens to every answer: it leaves compressed, and a refusal that no view expected is still a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

from core.errors import RuleBroken

TEXTS = ("text/", "application/json", "application/ld+json", "application/rss+xml", "application/xml", "image/svg+xml")


class CompressedPages(GZipMiddleware):
    """Text alone: pictures, workbooks and PDFs are compressed by themselves, and keep their length.

    Django adds bytes of chance to each answer, so that its length tells nothing of what a page keeps to itself.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)


class FriendlyErrors:
    """Turns a RuleBroken that no form could show into a page with its reason, status 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RuleBroken):
            return render(request, "409.html", {"reason": str(exception)}, status=409)
        return None
