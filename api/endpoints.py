"""Each resource becomes three addresses: its list, what is gone from it, and one record."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router
from pydantic import BaseModel, create_model
from pydantic import Field as Described

from accounts.models.people import User
from api import changes
from api.answers import json_answer, next_address, refuse_unknown
from api.bearer import Bearer, address_of
from api.filters import CHANGED_SINCE, CURSOR, LARGEST, LIMIT, USUAL, Instant, Limit, Number, asked_schema
from api.models.tokens import ApiToken
from api.paging import page_after
from api.problems import not_found
from api.resource import AS_OF, NEXT, Deletions, Resource
from api.services.tokens import note_read
from api.words import english

View = Callable[..., HttpResponse]
QUERY: Any = Query(...)  # type: ignore[type-arg]  # generic for type checkers alone


class GoneAsked(BaseModel):
    """The parameters of what is gone."""

    changed_since: Instant = Described(description=english(CHANGED_SINCE))
    limit: Limit = Described(default=USUAL, description=english(LIMIT))
    cursor: Number = Described(default=0, ge=0, description=english(CURSOR))


def add_resource(router: Router, resource: Resource) -> None:
    """List, gone and detail of a resource, in an order in which no address hides another."""
    name, tags, auth = resource.name, [resource.name], Bearer(resource.scope)
    word = name.replace("-", "_")
    for path, view, schema, what in (
        (f"/{name}/", _list_of(resource), _page_schema(resource), "list"),
        (f"/{name}/gone/", _gone_of(resource), Deletions, "gone"),
        (f"/{name}/{{id}}/", _one_of(resource), resource.schema, "one"),
    ):
        router.get(
            path,
            response=schema,
            auth=auth,
            tags=tags,
            operation_id=f"{word}_{what}",
            url_name=f"{name}_{what}",
            summary=english(SUMMARIES[what]),
            description=english(resource.summary),
        )(view)


ITS_NUMBER = _("The number of the record.")
SUMMARIES = {
    "list": _("A list, narrowed, ordered and in pages."),
    "gone": _("Records that changed since and are no longer there for you."),
    "one": _("One record."),
}


def taking(view: View, **parameters: tuple[Any, Any]) -> View:
    """Tell ninja what a view takes whose parameters are only known here: name=(type, where it comes from)."""
    view.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD),
            *(
                inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=type_, default=source)
                for name, (type_, source) in parameters.items()
            ),
        ]
    )
    return view


def reader(request: HttpRequest) -> User:
    return token_of(request).person


def token_of(request: HttpRequest) -> ApiToken:
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token


def note_personal(request: HttpRequest, resource: str, number: int) -> None:
    note_read(token_of(request), resource=resource, number=number, at=timezone.now(), address=address_of(request))


def _page_schema(resource: Resource) -> type[BaseModel]:
    parts: Any = {
        "items": (list[resource.schema], Described(description=english(_("The records.")))),  # type: ignore[name-defined]
        "next": (str | None, Described(description=english(NEXT))),
        "as_of": (str, Described(description=english(AS_OF))),
    }
    model: type[BaseModel] = create_model(f"{resource.title}Page", **parts)
    return model


def _list_of(resource: Resource) -> View:
    asked_for = asked_schema(f"{resource.title}Asked", resource.filters, resource.every_order)

    def list_records(request: HttpRequest, *, asked: Any) -> HttpResponse:
        refuse_unknown(request, asked_for.model_fields)
        user, moment = reader(request), changes.as_of()
        rows = resource.rows(user)
        for filter_ in resource.filters:
            value = getattr(asked, filter_.name)
            rows = rows if value is None else rows.filter(filter_.condition(value))
        if asked.changed_since:
            rows = changes.changed(rows, resource, asked.changed_since)
        found, cursor = page_after(rows, order=asked.order, cursor=asked.cursor or "", limit=asked.limit)
        if resource.is_personal:
            note_personal(request, resource.name, len(found))
        items = resource.told(found, user)
        return json_answer(request, {"items": items, "next": next_address(request, cursor), "as_of": moment})

    return taking(list_records, asked=(asked_for, QUERY))


def _gone_of(resource: Resource) -> View:
    def list_gone(request: HttpRequest, *, asked: Any) -> HttpResponse:
        refuse_unknown(request, GoneAsked.model_fields)
        moment = changes.as_of()
        keys = changes.gone_keys(resource, reader(request), asked.changed_since, after=asked.cursor, limit=asked.limit)
        more = len(keys) > asked.limit
        keys = keys[: asked.limit]
        cursor = str(keys[-1]) if more else ""
        return json_answer(request, {"items": keys, "next": next_address(request, cursor), "as_of": moment})

    return taking(list_gone, asked=(GoneAsked, QUERY))


def _one_of(resource: Resource) -> View:
    def one_record(request: HttpRequest, *, id: int) -> HttpResponse:  # noqa: A002 - its name in the address
        refuse_unknown(request, ())
        user = reader(request)
        found = resource.rows(user).filter(pk=id).first()
        if found is None:
            raise not_found()
        if resource.is_personal:
            note_personal(request, resource.name, 1)
        return json_answer(request, resource.told([found], user)[0])

    number: Any = Path(..., ge=1, le=LARGEST, description=english(ITS_NUMBER))  # type: ignore[type-arg]
    return taking(one_record, id=(int, number))
