"""The ways from a row of a figure to what it is split by: college, leader, campaign, place, industry, class, month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, DateField, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Concat, NullIf, Substr, TruncMonth

from core.days import midnight, midnight_after
from partnerships.choices.agreements import Side

if TYPE_CHECKING:
    from datetime import date

    from django.db.models.expressions import Combinable

Rows = QuerySet[Any]
PLACES = ("province", "city", "industry")  # what an enterprise is, whoever visits it


@dataclass(frozen=True)
class Way:
    """`key` is the part in which a row lies; `where` must hold of the same row on the way (who was present).

    `is_many`: a row may lie in several parts, so that the parts add up to more than the whole. `day` is the field of
    a month, for a part of time is found by its first and last day; `is_moment` where that field has an hour. `array`
    is the field of a way that leads to each of its members.
    """

    key: Combinable
    where: Mapping[str, object] = field(default_factory=dict)
    is_many: bool = False
    day: str = ""
    is_moment: bool = False
    array: str = ""

    def narrowed(self, rows: Rows, value: object) -> Rows:
        """The rows that lie in one part; None is the part of those of which it is not known."""
        if self.array:
            has = {f"{self.array}__len": 0} if value is None else {f"{self.array}__contains": [value]}
            return rows.filter(**has)
        known = Q(way_key__isnull=True) if value is None else Q(way_key=value)
        if not self.is_many:
            alone: Rows = rows.alias(way_key=self.key).filter(known)
            return alone
        found: Rows = rows.model._default_manager.filter(**self.where).alias(way_key=self.key).filter(known)
        inside: Rows = rows.filter(pk__in=found.order_by().values("pk"))
        return inside

    def within(self, rows: Rows, since: date | None, until: date | None) -> Rows:
        """Of a way of days: the rows of a period. What has no day counts up to a day, and never from one on."""
        if until is not None:
            last = Q(**({f"{self.day}__lt": midnight_after(until)} if self.is_moment else {f"{self.day}__lte": until}))
            rows = rows.filter(last if since else last | Q(**{f"{self.day}__isnull": True}))
        if since is not None:
            rows = rows.filter(**{f"{self.day}__gte": midnight(since) if self.is_moment else since})
        return rows


class Each(Func):
    """The members of an array, a row for each."""

    function = "unnest"
    set_returning = True
    output_field = CharField()


def plain(path: str, *, is_many: bool = False) -> Way:
    return Way(F(path), is_many=is_many)


def each_of(path: str) -> Way:
    """By each member of an array; a row without any lies in no part."""
    return Way(Each(F(path)), is_many=True, array=path)


def month(path: str, *, is_moment: bool = False) -> Way:
    """By the month of a day, in the school's time zone."""
    return Way(TruncMonth(path, output_field=DateField()), day=path, is_moment=is_moment)


def province(path: str) -> Way:
    """The first two digits of GB/T 2260; `path` leads to the province."""
    return Way(Substr(f"{path}__code", 1, 2))


def of_place(path: str) -> dict[str, Way]:
    """What has a province and a city in words alone: `path` is the prefix of both."""
    return {"province": province(f"{path}province"), "city": Way(NullIf(f"{path}city", Value("")))}


def of_enterprise(path: str) -> dict[str, Way]:
    """Place and industry of an enterprise; `path` is the prefix that leads to it, or nothing.

    A city is its prefecture's code where the file knows it, else the word that was typed.
    """
    prefecture = Concat(Substr(f"{path}region__code", 1, 4), Value("00"), output_field=CharField())
    typed = NullIf(f"{path}city", Value(""))
    city = Case(When(**{f"{path}region__isnull": False}, then=prefecture), default=typed, output_field=CharField())
    return {
        "province": province(f"{path}province"),
        "city": Way(city),
        "industry": plain(f"{path}industry__code"),
    }


def of_visit(path: str) -> dict[str, Way]:
    """Whose visit it was, who was there for the school, for which campaign and class, where and when."""
    present = {f"{path}participants__side": Side.SCHOOL, f"{path}participants__was_present": True}
    return {
        "college": plain(f"{path}colleges", is_many=True),
        "leader": Way(
            F(f"{path}participants__user"),
            where={**present, f"{path}participants__user__isnull": False},
            is_many=True,
        ),
        "campaign": plain(f"{path}campaigns", is_many=True),
        "class_of": plain(f"{path}campaigns__class_of", is_many=True),
        "month": month(f"{path}starts_on"),
        **of_enterprise(f"{path}enterprise__"),
    }
