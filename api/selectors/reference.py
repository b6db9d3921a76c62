"""The reference, read from the OpenAPI document: what people read is what programs read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from api.choices import Scope
from api.document import document
from api.words import in_words

TYPES: dict[str, Any] = {
    "integer": pgettext_lazy("API", "whole number"),
    "number": pgettext_lazy("API", "number"),
    "boolean": pgettext_lazy("API", "yes or no"),
    "string": pgettext_lazy("API", "text"),
    "object": pgettext_lazy("API", "object"),
    "date": pgettext_lazy("API", "day"),
    "date-time": pgettext_lazy("API", "instant"),
}


@dataclass(frozen=True)
class Line:
    """A parameter or a field: its name, its type in words, what it is, and the values that it may have."""

    name: str
    type: str
    about: str
    values: list[str]


@dataclass(frozen=True)
class Operation:
    path: str
    about: str
    parameters: list[Line]


@dataclass(frozen=True)
class Section:
    """A resource: what it is, the scope that it asks for, its addresses and its fields."""

    name: str
    about: str
    scope: str
    operations: list[Operation]
    fields: list[Line]


def section_names() -> list[str]:
    return [tag["name"] for tag in document()["tags"]]


def sections() -> list[Section]:
    return [section(name) for name in section_names()]


def section(name: str) -> Section:
    """Raises KeyError for a name that no resource has."""
    of_it = {path: item["get"] for path, item in document()["paths"].items() if name in item["get"].get("tags", [])}
    if not of_it:
        raise KeyError(name)
    first, last = next(iter(of_it.values())), list(of_it.values())[-1]
    scopes = first["security"][0]["token"]
    return Section(
        name=name,
        about=in_words(first.get("description") or first["summary"]),
        scope=scopes[0] if scopes else "",
        operations=[_operation(path, found) for path, found in of_it.items()],
        fields=list(_fields(_schema(last))),
    )


def scope_label(value: str) -> str:
    return str(Scope(value).label) if value else ""


def _operation(path: str, found: dict[str, Any]) -> Operation:
    lines = [
        Line(each["name"], _type(each["schema"]), in_words(each.get("description", "")), _values(each["schema"]))
        for each in found["parameters"]
    ]
    return Operation(path, in_words(found["summary"]), lines)


def _schema(found: dict[str, Any]) -> dict[str, Any]:
    return _resolved(found["responses"]["200"]["content"]["application/json"]["schema"])


def _fields(schema: dict[str, Any], before: str = "") -> Iterator[Line]:
    """Fields of a record, and behind each list of parts the fields of a part. Codes and names are explained once."""
    for name, found in schema.get("properties", {}).items():
        inner = _resolved(_one_of(found.get("items", {})))
        is_list = found.get("type") == "array"
        label = f"{before}{name}{'[]' if is_list else ''}"
        yield Line(label, _type(found), in_words(found.get("description", "")), [])
        if is_list and _name(_one_of(found["items"])) not in (*EXPLAINED, ""):
            yield from _fields(inner, f"{label}.")


EXPLAINED = ("Coded", "Ref", "Colleague")
LABELS: dict[str, Any] = {
    "Coded": pgettext_lazy("API", "code"),
    "Ref": pgettext_lazy("API", "name of a record"),
    "Colleague": pgettext_lazy("API", "person"),
}


def explained() -> list[tuple[str, list[Line]]]:
    """The small objects that stand in many records."""
    schemas = document()["components"]["schemas"]
    return [(str(LABELS[name]), list(_fields(schemas[name]))) for name in EXPLAINED if name in schemas]


def _type(found: dict[str, Any]) -> str:
    one = _one_of(found)
    if one.get("type") == "array":
        inner = _type(one["items"])
        return _("list of: %(type)s") % {"type": inner}
    name = _name(one)
    words = LABELS.get(name) or TYPES.get(one.get("format", "")) or TYPES.get(one.get("type", "object"), "")
    return _("%(type)s, or null") % {"type": words} if "anyOf" in found else str(words)


def _values(found: dict[str, Any]) -> list[str]:
    return [str(value) for value in _one_of(found).get("enum", [])]


def _one_of(found: dict[str, Any]) -> dict[str, Any]:
    """What it is where it is not null."""
    for each in found.get("anyOf", []):
        if each.get("type") != "null":
            return dict(each)
    return found


def _name(found: dict[str, Any]) -> str:
    return str(found.get("$ref", "")).rpartition("/")[2]


def _resolved(found: dict[str, Any]) -> dict[str, Any]:
    name = _name(found)
    return dict(document()["components"]["schemas"][name]) if name else found
