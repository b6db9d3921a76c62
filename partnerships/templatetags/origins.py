"""Where a record came from: apps above say it through settings.CAME_OF, each with the address that leads there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

register = template.Library()


def _origins(user: Any, records: list[Any]) -> dict[int, list[tuple[Any, int]]]:
    """By the record's key; nothing for people outside the school's staff, who are asked nothing."""
    if not records or not getattr(user, "is_authenticated", False) or not user.is_school_staff:
        return {}
    found: dict[int, list[tuple[Any, int]]] = {}
    for path in settings.CAME_OF.values():
        for pk, visits in import_string(path)(user, records).items():
            found.setdefault(pk, []).extend(visits)
    return found


@register.inclusion_tag("partnerships/_came_of.html", takes_context=True)
def came_of(context: template.Context, record: Model) -> dict[str, Any]:
    """“Came of the visit of …” on the page of one record; nothing where it came of none."""
    user = getattr(context.get("request"), "user", None)
    return {"visits": _origins(user, [record]).get(record.pk, [])}


@register.simple_tag(takes_context=True)
def origins_of(context: template.Context, records: Iterable[Model]) -> dict[int, list[tuple[Any, int]]]:
    """The same for the rows of a list, in one query."""
    return _origins(getattr(context.get("request"), "user", None), list(records))


@register.inclusion_tag("partnerships/_came_of.html")
def origin_in(origins: dict[int, list[tuple[Any, int]]], record: Model) -> dict[str, Any]:
    """The line of one row."""
    return {"visits": origins.get(record.pk, [])}
