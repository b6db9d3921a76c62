"""A figure by months or by colleges: the same definition, asked once for each part."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from accounts.models.school import College
from api.figure_shapes import MONTHS
from reports.figures.figure import Figure, Scope


def split(figure: Figure, scope: Scope, by: str) -> list[dict[str, Any]]:
    """As many queries as there are parts: twelve months, or the colleges of one school."""
    return [
        {**words, "number": value.number, "denominator": value.denominator}
        for words, narrowed in (_months(scope) if by == "month" else _colleges(scope))
        for value in (figure.value(narrowed),)
    ]


def can_split(figure: Figure, by: str) -> bool:
    return "college" in figure.narrowed_by if by == "college" else {"since", "until"} <= {*figure.narrowed_by}


def _months(scope: Scope) -> Iterator[tuple[dict[str, Any], Scope]]:
    """The month of today and the eleven before it, latest first."""
    last = scope.on.year * 12 + scope.on.month - 1
    for number in range(last, last - MONTHS, -1):
        year, month = number // 12, number % 12 + 1
        key = f"{year}-{month:02}"
        days = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        yield {"key": key, "zh": key, "en": key}, _fresh(scope, since=days[0], until=days[1])


def _colleges(scope: Scope) -> Iterator[tuple[dict[str, Any], Scope]]:
    for college in College.objects.order_by("code"):
        words = {"key": college.code, "zh": college.name_zh, "en": college.name_en}
        yield words, _fresh(scope, college=college)


def _fresh(scope: Scope, **narrowing: Any) -> Scope:
    """Narrowed, with what was counted of the whole forgotten."""
    return replace(scope, **narrowing, counts={})
