"""Refusals as RFC 9457 has them: `application/problem+json`, in the language that the request asks for."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

PROBLEM_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"


class Problem(Exception):
    """An answer that is a refusal. `kind` is the word after # under which the reference explains it."""

    def __init__(self, status: int, kind: str, title: str, detail: str = "", **more: Any) -> None:
        self.status, self.kind, self.title, self.detail, self.more = status, kind, title, detail, more
        self.headers: dict[str, str] = {}
        super().__init__(f"{status} {kind}")

    def with_headers(self, **headers: str) -> Problem:
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self


def problem_response(problem: Problem) -> HttpResponse:
    body = {
        "type": f"{DOCS}#{problem.kind}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail or problem.title,
        **problem.more,
    }
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, status=problem.status, content_type=PROBLEM_TYPE, headers=problem.headers)
    response["Content-Language"] = get_language() or "en"
    response["Cache-Control"] = "no-store"
    return response


def not_found() -> Problem:
    return Problem(404, "not-found", _("Not found."), _("There is no such record, or it is not yours to read."))


def no_token(detail: str = "") -> Problem:
    """401 for no token at all, or one that opens nothing; which of its many reasons it was is not told."""
    problem = Problem(401, "no-token", _("A valid token is needed."), detail)
    return problem.with_headers(
        WWW_Authenticate='Bearer realm="portal"' + (', error="invalid_token"' if detail else "")
    )


def bad_request(errors: list[dict[str, str]]) -> Problem:
    """422; `errors` names each parameter (`name`) and what is wrong with it (`detail`)."""
    return Problem(
        422,
        "bad-parameter",
        _("The request cannot be understood."),
        " ".join(f"{error['name']}: {error['detail']}" for error in errors)[:500],
        errors=errors,
    )
