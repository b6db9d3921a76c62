"""The OpenAPI document: what ninja knows of the addresses, and what holds for all of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from api.bearer import Bearer
from api.choices import Scope
from api.portal import api
from api.problems import PROBLEM_TYPE

BASE = "/api/v1/"
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A refusal as RFC 9457 has it.",
    "properties": {
        "type": {"type": "string", "description": "The address of its explanation."},
        "title": {"type": "string", "description": "What it is, in the language of Accept-Language."},
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": {"type": "string", "description": "What it is here."},
        "scope": {"type": "string", "description": "The scope that the token lacks."},
        "errors": {
            "type": "array",
            "description": "What is wrong with which parameter.",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "description": "The parameter."},
                    "detail": {"type": "string", "description": "What is wrong with it."},
                },
                "required": ["name", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}
REFUSALS = {
    "401": "No valid token.",
    "403": "The token lacks the scope, or the role of its person ended.",
    "404": "There is no such record, or it is not yours.",
    "422": "A parameter is not understood.",
    "429": "Too many requests this minute; see Retry-After.",
}


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """OpenAPI 3.1; the same for everybody, and without any text of a reader's language."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=BASE))
    found["components"] = {
        "schemas": {**_told(found["components"]["schemas"]), "Problem": PROBLEM},
        "responses": {f"Refused{status}": _refusal(text) for status, text in REFUSALS.items()},
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": Bearer.openapi_bearerFormat}},
    }
    found["paths"] = {path: {"get": _operation(path, item["get"])} for path, item in _plain(found["paths"]).items()}
    found["tags"] = [{"name": name} for name in dict.fromkeys(_tags(found["paths"]))]
    found["info"]["x-scopes"] = list(Scope.values)
    return found


def _operation(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    scope = SCOPES.get(operation["operationId"])
    statuses = [status for status in REFUSALS if status != "404" or "{" in path]
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    answers["200"]["headers"] = {"ETag": {"description": "A mark of the content.", "schema": {"type": "string"}}}
    answers["304"] = {"description": "Not changed since the ETag of If-None-Match."}
    answers |= {status: {"$ref": f"#/components/responses/Refused{status}"} for status in statuses}
    return {**operation, "responses": answers, "security": [{"token": [scope.value] if scope else []}]}


def _scopes() -> dict[str, Scope]:
    """The scope that each operation asks for, by its name."""
    found = {}
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                for auth in operation.auth_callbacks:
                    if isinstance(auth, Bearer) and auth.scope and operation.operation_id:
                        found[operation.operation_id] = auth.scope
    return found


SCOPES = _scopes()


def _refusal(text: str) -> dict[str, Any]:
    return {"description": text, "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _tags(paths: dict[str, Any]) -> list[str]:
    return [tag for item in paths.values() for tag in item["get"].get("tags", [])]


def _told(schemas: dict[str, Any]) -> dict[str, Any]:
    """Those of answers: what is asked stands with each operation, parameter by parameter."""
    return {name: _plain(schema) for name, schema in schemas.items() if not name.endswith("Asked")}


def _plain(part: Any) -> Any:
    """Without the titles that pydantic makes of names, and without defaults of nothing."""
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part
    is_titled = isinstance(part.get("title"), str)
    return {
        name: _plain(value)
        for name, value in part.items()
        if not (name == "title" and is_titled) and not (name == "default" and value is None)
    }
