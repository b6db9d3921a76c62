"""The address of a file that was merged into another leads to that one, whichever app serves the page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.selectors.merging import kept_file_of

OF_A_FILE = "enterprises/<int:pk>/"


class MergedFiles:
    """Asked only when a page of a file was not found; what was sent to it is refused with the name of the other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(exception, Http404) or match is None or not match.route.startswith(OF_A_FILE):
            return None
        kept = kept_file_of(request.user, match.kwargs["pk"])
        if kept is None:
            return None
        if request.method != "GET":
            reason = _("This file was merged into %(name)s; what you entered was not saved.") % {"name": kept}
            return render(request, "409.html", {"reason": reason}, status=409)
        address = reverse(match.view_name, kwargs={**match.kwargs, "pk": kept.pk})
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)
