"""Rows found by their keys, before anything else is asked of them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet


class KeyAmong(Func):
    """True for rows whose key a query yields; PostgreSQL runs that query first and once, whatever the order asked for.

    `pk IN (...)` leaves the planner free to walk an index in the order asked for and to test each row, which for a
    rare word means the whole table.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, keys: QuerySet[Any, Any], **extra: Any) -> None:
        super().__init__(F("pk"), ArraySubquery(keys), **extra)
