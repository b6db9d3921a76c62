"""By what figures are split: the name of each split, the names of its parts, and the scope of one part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.school import College, Major
from partnerships.models.codes import Industry, Province, Region
from reports.figures.scope import Scope
from visits.models.campaigns import Campaign

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOT_STATED = _("Not stated")
Names = Mapping[Any, str]


@dataclass(frozen=True)
class Split:
    """One way in which figures fall apart.

    `names` gives the words for keys (one query at most), `narrowed` the scope of one part, `fields` what of a scope
    it sets. Parts stand in the order of their keys, or of their names where the keys say nothing; nobody is ranked.
    """

    slug: str
    name: StrOrPromise
    fields: tuple[str, ...]
    names: Callable[[list[Any]], Names]
    narrowed: Callable[[Scope, Any], Scope]
    by_name: bool = False
    model: type[Model] | None = None

    def read(self, keys: list[Any]) -> dict[Any, Any]:
        """What is counted by: the records themselves, where a figure asks more of them than their key. One query."""
        if self.model is None:
            return {key: key for key in keys}
        found = self.model._default_manager.in_bulk([key for key in keys if key is not None])
        return {key: found.get(key) for key in keys}

    def is_in(self, scope: Scope) -> bool:
        """Is the scope one part of it already?"""
        return self.slug in scope.unknown or any(getattr(scope, field) for field in self.fields)

    def key_in(self, scope: Scope) -> Any:
        """The key of the part that the scope is narrowed to; None where it is not."""
        value = getattr(scope, self.fields[0]) if self.fields else None
        return getattr(value, "pk", value) or None

    def part_of(self, scope: Scope, key: object) -> Scope:
        """The scope of one part; None is the part of what does not say."""
        if key is None:
            return replace(scope, unknown=tuple(sorted({*scope.unknown, self.slug})))
        return self.narrowed(scope, key)


def month_name(first: date) -> str:
    """November 2026, as the reader writes it."""
    return date_format(first, "YEAR_MONTH_FORMAT")


def last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _of_records(rows: Any) -> Callable[[list[Any]], Names]:
    return lambda keys: {pk: str(row) for pk, row in rows.in_bulk(keys).items()}


def _of_codes(codes: Any) -> Callable[[list[Any]], Names]:
    return lambda keys: {entry.code: str(entry) for entry in codes.filter(code__in=keys)}


def _provinces(keys: list[Any]) -> Names:
    found = Province.objects.filter(code__in=[f"{key}0000" for key in keys])
    return {province.code[:2]: str(province) for province in found}


def _cities(keys: list[Any]) -> Names:
    """Prefectures by their code; a word that was typed is its own name."""
    return {**{key: str(key) for key in keys}, **_of_codes(Region.objects)([key for key in keys if key.isdecimal()])}


def _in_month(scope: Scope, first: date) -> Scope:
    """The month, as far as it lies in the period of the scope."""
    last = last_of_month(first)
    since = max(first, scope.since) if scope.since else first
    return replace(scope, since=since, until=min(last, scope.until) if scope.until else last)


def _field(name: str) -> Callable[[Scope, Any], Scope]:
    return lambda scope, key: replace(scope, **{name: key})


def _record(name: str, model: type[Model]) -> Callable[[Scope, Any], Scope]:
    """By the record, or by its key alone: enough for an address."""

    def narrowed(scope: Scope, key: Any) -> Scope:
        return replace(scope, **{name: key if isinstance(key, Model) else model(pk=key)})  # type: ignore[arg-type]

    return narrowed


SPLITS: dict[str, Split] = {
    split.slug: split
    for split in (
        Split("college", _("College"), ("college",), _of_records(College.objects), _record("college", College)),
        Split("major", _("Major"), ("major",), _of_records(Major.objects), _record("major", Major)),
        Split(
            "leader",
            _("Leader"),
            ("leaders",),
            _of_records(User.objects),
            lambda scope, key: replace(scope, leaders=(User(pk=key),)),
            by_name=True,
        ),
        Split(
            "campaign",
            _("Campaign"),
            ("campaign",),
            _of_records(Campaign.objects),
            _record("campaign", Campaign),
            model=Campaign,
        ),
        Split("province", _("Province"), ("province",), _provinces, _field("province")),
        Split("city", _("City"), ("city",), _cities, _field("city")),
        Split("industry", _("Industry"), ("industry",), _of_codes(Industry.objects), _field("industry")),
        Split(
            "class_of",
            _("Graduating class"),
            ("class_of",),
            lambda keys: {key: str(key) for key in keys},
            _field("class_of"),
        ),
        Split(
            "month",
            _("Month"),
            (),
            lambda keys: {key: month_name(key) for key in keys},
            _in_month,
        ),
    )
}


def chosen_splits(slugs: Iterable[str]) -> dict[str, Split]:
    """Those of a figure, in the order in which pages offer them."""
    known = set(slugs)
    return {slug: split for slug, split in SPLITS.items() if slug in known}
