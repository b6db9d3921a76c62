"""The API itself: its version, its resources, its refusals, and the addresses under /api/v1/."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, ValidationError
from pydantic import BaseModel
from pydantic import Field as Described

from accounts.models.school import School
from api.answers import VERSION, json_answer, refuse_unknown, served
from api.bearer import Bearer
from api.endpoints import add_resource, token_of
from api.figures import add_figures
from api.problems import Problem, bad_request, no_token, not_found, problem_response
from api.resources.catalogue import RESOURCES
from api.values import Colleague, colleague
from api.words import english

api = NinjaAPI(
    title="Portal of school and enterprises",
    version=VERSION,
    description="What the portal knows, for other programs. It only reads.",
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)


class About(BaseModel):
    """Whose portal this is, and as whom you read."""

    school_code: str = Described(description=english(_("Code of the school, as the Ministry of Education lists it.")))
    name_zh: str = Described(description=english(_("Name of the school in Chinese.")))
    name_en: str = Described(description=english(_("Name of the school in English.")))
    version: str = Described(description=english(_("Version of the API.")))
    reader: Colleague = Described(description=english(_("In whose name the token reads.")))
    scopes: list[str] = Described(description=english(_("What the token may read.")))
    expires_at: str = Described(description=english(_("Until when the token holds.")))
    resources: list[str] = Described(description=english(_("The names of the lists.")))


def about(request: HttpRequest) -> HttpResponse:
    """Whose portal this is, and as whom you read."""
    refuse_unknown(request, ())
    school, token = School.objects.first(), token_of(request)
    return json_answer(
        request,
        {
            "school_code": school.code if school else "",
            "name_zh": school.name_zh if school else "",
            "name_en": school.name_en if school else "",
            "version": VERSION,
            "reader": colleague(token.person),
            "scopes": token.scopes,
            "expires_at": timezone.localtime(token.expires_at).isoformat(),
            "resources": list(RESOURCES),
        },
    )


def _router() -> Router:
    router = Router()
    router.get(
        "/", response=About, auth=Bearer(None), tags=["about"], operation_id="about", url_name="about",
        summary=english(_("Whose portal this is, and as whom you read.")),
    )(about)  # fmt: skip
    for resource in RESOURCES.values():
        add_resource(router, resource)
    add_figures(router)
    return router


api.add_router("", _router())


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Any) -> HttpResponse:
    return problem_response(problem)


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(no_token())


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Any) -> HttpResponse:
    return problem_response(not_found())


@api.exception_handler(ValidationError)
def _bad_parameter(request: HttpRequest, error: Any) -> HttpResponse:
    """Each parameter by its name, with what pydantic says of it; what was sent is not sent back."""
    return problem_response(
        bad_request([{"name": str(each["loc"][-1]), "detail": str(each["msg"])} for each in error.errors])
    )


def no_such_address(request: HttpRequest) -> HttpResponse:
    return problem_response(
        Problem(404, "not-found", str(_("Not found.")), str(_("There is no such address in the API.")))
    )


def addresses() -> Iterator[URLPattern]:
    """Those of ninja, each served as the API serves; what is under none of them is not found, in its words."""
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = served(pattern.callback)
            yield pattern
    yield re_path(r"^.*/$", served(no_such_address), name="no_such_address")
