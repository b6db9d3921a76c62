"""How an answer leaves: as JSON with a mark of its content, and not at all where the reader has it already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from api.problems import Problem, bad_request, problem_response

VERSION = "1.0.0"
SAFE = ("GET", "HEAD", "OPTIONS")
UNMARKED = ("as_of",)


class Json(DjangoJSONEncoder):
    """Instants to the microsecond: `as_of` cut to a thousandth would tell the same twice."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def json_answer(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """200 with an ETag of everything but the clock; 304 for who has it already."""
    marked = {name: value for name, value in body.items() if name not in UNMARKED}
    etag = f'W/"{hashlib.sha256(_text(marked).encode()).hexdigest()[:32]}"'
    response = HttpResponse(_text(body), content_type="application/json; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    if body.get("next"):
        response["Link"] = f'<{body["next"]}>; rel="next"'
    return get_conditional_response(request, etag=etag, response=response) or response


def next_address(request: HttpRequest, cursor: str) -> str | None:
    """The full address of the next page, with everything that was asked of this one."""
    if not cursor:
        return None
    asked = [(name, value) for name, value in request.GET.items() if name != "cursor"]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*asked, ('cursor', cursor)])}")


def refuse_unknown(request: HttpRequest, known: Iterable[str], *, several: Iterable[str] = ()) -> None:
    """Raises Problem (422) for a parameter that means nothing here, or that is given twice."""
    names = set(known)
    errors = [
        {"name": name[:60], "detail": str(_("There is no such parameter here."))}
        for name in sorted(request.GET)
        if name not in names
    ]
    errors += [
        {"name": name, "detail": str(_("This parameter is given more than once."))}
        for name in sorted(names & set(request.GET) - set(several))
        if len(request.GET.getlist(name)) > 1
    ]
    if errors:
        raise bad_request(errors)


def served(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A view of the API: whoever may open it is asked by its token; it only reads; the version is on each answer."""

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answer(request, view, args, kwargs)
        response["API-Version"] = VERSION
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _answer(request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ", ".join(SAFE)})
    if request.method not in SAFE:
        problem = Problem(405, "read-only", _("The API only reads."))
        return problem_response(problem.with_headers(Allow=", ".join(SAFE)))
    method, request.method = request.method, "GET"
    try:
        response: HttpResponse = view(request, *args, **kwargs)
    finally:
        request.method = method
    return response


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, cls=Json, ensure_ascii=False)
