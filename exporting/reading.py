"""The rows of a list, portion by portion, in the order of the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet

FIRST, PORTION = 100, 1000


def portions(rows: Any) -> Iterator[list[Any]]:
    """The keys at once, so that nothing moves or comes twice meanwhile; then the rows themselves, few first.

    No transaction and no cursor stays open while a slow reader takes them. What was deleted meanwhile is left out.
    """
    if not isinstance(rows, QuerySet):
        yield from _sliced(iter(rows))
        return
    keys = list(rows.prefetch_related(None).values_list("pk", flat=True))
    shown = rows.order_by()
    shown.query.clear_where()  # the keys have passed the filters
    begun, size = 0, FIRST
    while part := keys[begun : begun + size]:
        found = {row.pk: row for row in shown.filter(pk__in=part)}
        yield [found[key] for key in part if key in found]
        begun, size = begun + size, PORTION


def _sliced(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while part := list(islice(rows, PORTION)):
        yield part


def rows_with(rows: Any, needs: Iterable[str]) -> Iterator[Any]:
    """One after the other, with the relations that are named: foreign keys in the same query, others in one each."""
    if isinstance(rows, QuerySet):
        one = {need for need in needs if _is_one(rows.model, need)}
        many = sorted(set(needs) - one)
        rows = (rows.select_related(*sorted(one)) if one else rows).prefetch_related(*many)
    for portion in portions(rows):
        yield from portion


def _is_one(model: type[Model], path: str) -> bool:
    """Does every step of this path lead to one record?"""
    for name in path.split("__"):
        field: Any = model._meta.get_field(name)
        if not (field.many_to_one or field.one_to_one):
            return False
        model = field.related_model
    return True
