"""What narrows a list: each filter is a parameter of the address with its type, and how it is put to the database.

What a filter does not understand is refused by name and never passed over: a collector must not take a whole list
for a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, StringConstraints, create_model
from pydantic import Field as Described

from api.words import english

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 200
USUAL = 50
LARGEST = 2**63 - 1


def _like(shape: str, words: str) -> BeforeValidator:
    """Pydantic reads much into a text (days from seconds, numbers from `1_000`); here a text means what it says."""
    pattern = re.compile(shape, re.ASCII)

    def check(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise ValueError(words)
        return value

    return BeforeValidator(check)


def _in_utc(moment: datetime) -> datetime:
    """PostgreSQL knows no zones further than sixteen hours away, and Python no moment before its first year."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("this instant is out of range") from None


Number = Annotated[int, Described(ge=1, le=LARGEST), _like(r"-?\d{1,30}", "a whole number is wanted")]
Limit = Annotated[int, Described(ge=1, le=MOST), _like(r"-?\d{1,30}", "a whole number is wanted")]
Year = Annotated[int, Described(ge=1900, le=2999), _like(r"-?\d{1,30}", "a year is wanted")]
Day = Annotated[date, _like(r"\d{4}-\d{2}-\d{2}", "a day like 2026-11-30 is wanted")]
Instant = Annotated[
    datetime,
    AfterValidator(_in_utc),
    _like(
        r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})",
        "an instant with its zone like 2026-11-30T08:00:00+08:00 is wanted",
    ),
]
# No control characters: PostgreSQL takes no NUL, and nothing on file holds any of the others.
Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\u0000-\u001f\u007f]+$")]
Cursor = Annotated[str, StringConstraints(max_length=400, pattern=r"^[A-Za-z0-9_-]+$")]
YesOrNo = Literal["true", "false"]


@dataclass(frozen=True)
class Filter:
    name: str
    type: Any
    condition: Callable[[Any], Q]
    description: StrOrPromise


def same(name: str, description: StrOrPromise) -> Filter:
    """Exactly this text."""
    return Filter(name, Word, lambda value: Q(**{name: value}), description)


def choice(model: type[models.Model], name: str, description: StrOrPromise) -> Filter:
    column: Any = model._meta.get_field(name)
    values = tuple(value for value, _label in column.choices if value)
    return Filter(name, Literal[values], lambda value: Q(**{name: value}), description)


def code(name: str, description: StrOrPromise, *, path: str = "") -> Filter:
    """By the code of what the record is linked with."""
    return Filter(name, Word, lambda value: Q(**{f"{path or name}__code": value}), description)


def key(name: str, description: StrOrPromise, *, path: str = "") -> Filter:
    """By the number of what the record is linked with."""
    return Filter(name, Number, lambda value: Q(**{path or name: value}), description)


def year(name: str, description: StrOrPromise, *, path: str = "") -> Filter:
    return Filter(name, Year, lambda value: Q(**{path or name: value}), description)


def yes_or_no(name: str, description: StrOrPromise) -> Filter:
    return Filter(name, YesOrNo, lambda value: Q(**{name: value == "true"}), description)


def known(name: str, column: str, description: StrOrPromise) -> Filter:
    """Whether a column is filled."""
    return Filter(name, YesOrNo, lambda value: Q(**{f"{column}__isnull": value == "false"}), description)


def days(column: str, first: StrOrPromise, last: StrOrPromise) -> list[Filter]:
    """From a day to a day, both of which count."""
    return [
        Filter(f"{column}_from", Day, lambda value: Q(**{f"{column}__gte": value}), first),
        Filter(f"{column}_to", Day, lambda value: Q(**{f"{column}__lte": value}), last),
    ]


def asked_schema(title: str, filters: Iterable[Filter], orders: Iterable[str]) -> type[BaseModel]:
    """The parameters of a list: its filters, and what every list takes."""
    parts: Any = {
        filter_.name: (filter_.type, Described(default=None, description=english(filter_.description)))
        for filter_ in filters
    }
    parts["changed_since"] = (Instant, Described(default=None, description=english(CHANGED_SINCE)))
    parts["order"] = (Literal[tuple(orders)], Described(default="id", description=english(ORDER)))
    parts["limit"] = (Limit, Described(default=USUAL, description=english(LIMIT)))
    parts["cursor"] = (Cursor, Described(default=None, description=english(CURSOR)))
    model: type[BaseModel] = create_model(title, **parts)
    return model


CHANGED_SINCE = _("Only records that changed at or after this instant; see `as_of`.")
ORDER = _("By which column; a minus turns it round.")
LIMIT = _("How many records at most, up to 200.")
CURSOR = _("Where to go on; taken from `next` of the page before, never made up.")
