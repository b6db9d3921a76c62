"""The middle one of many spans of time."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Aggregate, DurationField


class Median(Aggregate):
    """PERCENTILE_CONT(0.5): half of the spans are shorter and half are longer; nothing where there are none."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def in_days(span: timedelta | None) -> float | None:
    """To a tenth of a day."""
    return None if span is None else round(span / timedelta(days=1), 1)
