"""Before and after of a change, in words of the reader's language; long texts as one text with what went and came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from partnerships.changes import Change, field_label, field_of
from partnerships.models.timeline import TimelineEntry

NOTHING = "—"
LONG = 60  # characters from which a text is shown with marks rather than twice
FINE = 1200  # characters, both sides together, up to which single words are compared
NEAR = 40  # characters of unchanged text kept beside a change
WORDS = re.compile(r"[^\W\u3400-\u9fff]+|\s+|.", re.DOTALL)
CLAUSES = re.compile(r"[^。！？，；.!?,;\n]*[。！？，；.!?,;\n]|[^。！？，；.!?,;\n]+")
SAME, GONE, CAME = "same", "gone", "came"


@dataclass(frozen=True)
class Part:
    """A stretch of a text: the same, gone or came."""

    kind: str
    text: str


@dataclass(frozen=True)
class ChangedField:
    """One row of the table; a long text has parts instead of two sides."""

    label: str
    before: str
    after: str
    parts: tuple[Part, ...] = ()


def changed_fields(entry: TimelineEntry) -> list[ChangedField]:
    """What a change made of the record, field by field, for who reads it now."""
    return [_changed(change) for change in entry.changes]


def _changed(change: Change) -> ChangedField:
    field = field_of(change["model"], change["field"])
    before, after = words_of(field, change["before"]), words_of(field, change["after"])
    label = capfirst(field_label(change["model"], change["field"])) or ""
    parts = tuple(marked(before, after)) if _is_long(change) else ()
    return ChangedField(label, before, after, parts if any(part.kind == SAME for part in parts) else ())


def _is_long(change: Change) -> bool:
    sides = (change["before"], change["after"])
    return all(isinstance(side, str) and side for side in sides) and max(map(len, sides)) > LONG


def words_of(field: models.Field[Any, Any] | None, value: Any) -> str:
    """A kept value as the reader writes it."""
    if isinstance(value, list):
        return pgettext("between the things of a list", ", ").join(words_of(None, each) for each in value) or NOTHING
    if isinstance(value, dict):
        return str(value.get(get_language() or "") or next(iter(value.values()), "")) or NOTHING
    if value in (None, ""):
        return NOTHING
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    try:
        return _plain(field, value)
    except (ValueError, InvalidOperation):
        return str(value)


def _plain(field: models.Field[Any, Any] | None, value: Any) -> str:
    """Days, hours and numbers in the reader's format; a year is no amount and has no thousands mark."""
    if isinstance(field, models.DateTimeField):
        return formats.date_format(timezone.localtime(datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if isinstance(field, models.TimeField):
        return formats.time_format(time.fromisoformat(value), "TIME_FORMAT")
    if isinstance(field, models.DecimalField):
        return formats.number_format(Decimal(value), force_grouping=True)
    if isinstance(value, int | float) and not isinstance(field, models.PositiveSmallIntegerField):
        return formats.number_format(value, force_grouping=True)
    return str(value)


def marked(before: str, after: str) -> Iterator[Part]:
    """Both texts as one: word by word, the very long ones clause by clause; far from changes it is shortened."""
    pieces = WORDS if len(before) + len(after) <= FINE else CLAUSES
    runs = list(_runs(pieces.findall(before), pieces.findall(after)))
    for place, (same, gone, came) in enumerate(runs):
        if same:
            yield Part(SAME, _shortened(same, is_first=place == 0, is_last=place == len(runs) - 1))
        if gone:
            yield Part(GONE, gone)
        if came:
            yield Part(CAME, came)


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, str, str]]:
    """(same, gone, came) in turn: the first is empty or the others are. A lone letter between changes joins them."""
    gone = came = ""
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[i:j]), "".join(new[k:m])
        is_between = bool(gone or came) and j < len(old) and m < len(new)
        if kind != "equal" or (is_between and len(was.strip()) < 2):
            gone, came = gone + was, came + now
            continue
        if gone or came:
            yield "", gone, came
        gone = came = ""
        yield was, "", ""
    if gone or came:
        yield "", gone, came


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    head = 0 if is_first else NEAR
    tail = 0 if is_last else NEAR
    if len(text) <= head + tail + 10:
        return text
    return f"{text[:head]} … {text[len(text) - tail :]}".strip(" ") if tail else f"{text[:head]} …"
