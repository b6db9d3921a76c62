"""What a change holds, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils import formats, translation
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def in_words(value: Any) -> str:
    """Words by language, lists, days and numbers as the reader knows them."""
    if isinstance(value, dict):
        return str(value.get(translation.get_language() or "", next(iter(value.values()), "")))
    if isinstance(value, list):
        return pgettext("between the things of a list", ", ").join(in_words(each) for each in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.number_format(value, force_grouping=True)
    if isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-":
        try:
            return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
        except ValueError:
            return value
    return str(value)
