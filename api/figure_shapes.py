"""What the API says of figures: the shapes of its answers, and of what may be asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, create_model
from pydantic import Field as Described

from accounts.choices import Role
from api.filters import CURSOR, LIMIT, USUAL, Cursor, Day, Limit, Number, Word, Year
from api.resource import AS_OF, NEXT
from api.values import Coded
from api.words import english
from reports.figures.scope import WINDOWS
from reports.figures.splits import SPLITS
from visits.choices import Direction, Medium


class InBoth(BaseModel):
    __doc__ = english(_("A text in both languages."))
    zh: str = Described(description=english(_("The text in Chinese.")))
    en: str = Described(description=english(_("The text in English.")))


class FigureDefinition(BaseModel):
    __doc__ = english(_("A figure: its name, its one definition, and what narrows it."))
    slug: str = Described(description=english(_("Its name in addresses; it never changes.")))
    name: InBoth = Described(description=english(_("Its name.")))
    definition: InBoth = Described(description=english(_("What it counts, in one sentence.")))
    unit: InBoth = Described(description=english(_("Of what the number is, where it is not a count of rows.")))
    among: InBoth | None = Described(description=english(_("Of what it is a share; null where it is none.")))
    splits: list[str] = Described(description=english(_("By what it can be split.")))
    narrowed_by: list[str] = Described(description=english(_("Parameters that narrow it; others are refused.")))
    definition_hash: str = Described(
        description=english(_("A digest of the definition: numbers of different ones are never added."))
    )


class Definitions(BaseModel):
    __doc__ = english(_("Every figure that there is."))
    items: list[FigureDefinition] = Described(description=english(_("The definitions.")))


class FigureValue(BaseModel):
    __doc__ = english(_("A figure as it stands for you now."))
    slug: str = Described(description=english(_("Its name in addresses; it never changes.")))
    number: int = Described(description=english(_("The number; a total that a source states stands before the rows.")))
    denominator: int | None = Described(description=english(_("Of how many; null where it is no share.")))
    is_minimum: bool = Described(description=english(_("Whether a source says “more than”.")))
    on_file: int | None = Described(description=english(_("Rows on file, where the number is a stated total.")))
    source: str = Described(description=english(_("Who states the total; empty where the rows were counted.")))
    stale: int | None = Described(description=english(_("How many of the rows nobody has confirmed in time.")))
    unchecked: int | None = Described(description=english(_("How many rest on visits that nobody has checked.")))
    definition_hash: str = Described(
        description=english(_("A digest of the definition: numbers of different ones are never added."))
    )
    asked: dict[str, list[str]] = Described(description=english(_("What the address narrowed it to.")))
    as_of: str = Described(description=english(_("When it was counted.")))


class FigureColumn(BaseModel):
    __doc__ = english(_("A column of the rows of a figure."))
    path: str = Described(description=english(_("Its name; it stays when the heading changes.")))
    zh: str = Described(description=english(_("The heading in Chinese.")))
    en: str = Described(description=english(_("The heading in English.")))


class FigureRow(BaseModel):
    __doc__ = english(_("One row that a figure counts."))
    id: int = Described(description=english(_("Number of the row.")))
    cells: list[str | int | bool | None] = Described(
        description=english(_("Its cells in the order of the columns, in the language of Accept-Language."))
    )


class FigureRows(BaseModel):
    __doc__ = english(_("The very rows that a figure counts for you."))
    columns: list[FigureColumn] = Described(description=english(_("The columns.")))
    items: list[FigureRow] = Described(description=english(_("The rows.")))
    next: str | None = Described(description=english(NEXT))
    as_of: str = Described(description=english(_("When it was counted.")))


class FigureStood(BaseModel):
    __doc__ = english(_("A figure as it stood, counted with the eyes of the whole school; it never changes."))
    id: int = Described(description=english(_("Number of the snapshot.")))
    taken_on: date = Described(description=english(_("The day.")))
    taken_at: datetime = Described(description=english(_("The moment.")))
    reason: Coded | None = Described(description=english(_("Why it was kept: every night or as reported.")))
    number: int = Described(description=english(_("The number of rows, or their sum.")))
    denominator: int | None = Described(description=english(_("Of how many; null where it is no share.")))
    stale: int | None = Described(description=english(_("How many of the rows nobody had confirmed in time.")))
    unchecked: int | None = Described(description=english(_("How many rested on visits that nobody had checked.")))
    definition_hash: str = Described(description=english(_("By which definition it was counted.")))
    rows_hash: str | None = Described(description=english(_("SHA-256 of the rows; null where they were not kept.")))


class SnapshotPage(BaseModel):
    __doc__ = english(_("How a figure stood, newest first."))
    items: list[FigureStood] = Described(description=english(_("The snapshots.")))
    next: str | None = Described(description=english(NEXT))
    as_of: str = Described(description=english(AS_OF))


def _parameters(title: str, **parts: Any) -> type[BaseModel]:
    model: type[BaseModel] = create_model(title, **parts)
    return model


def _one(type_: Any, about: Any) -> Any:
    return (type_, Described(default=None, description=english(about)))


NARROWING: dict[str, Any] = {
    "campaign": _one(Number, _("Of the campaign with this number.")),
    "trip": _one(Number, _("On the trip with this number.")),
    "role": _one(Literal[tuple(Role.values)], _("Visits led by people of this role.")),
    "college": _one(Number, _("Of the college with this number.")),
    "major": _one(Number, _("Of the major with this number.")),
    "leader": (
        list[Number],
        Described(default=[], max_length=20, description=english(_("Visits at which one of these people was."))),
    ),
    "class_of": _one(Year, _("Of this graduating class.")),
    "direction": _one(Literal[tuple(Direction.values)], _("Visits in this direction.")),
    "medium": _one(Literal[tuple(Medium.values)], _("Visits on site or online.")),
    "since": _one(Day, _("Visits on this day or later.")),
    "until": _one(Day, _("Visits on this day or earlier.")),
    "province": _one(Word, _("In the province whose code begins with these two digits.")),
    "city": _one(Word, _("In the city with this code, or called like this.")),
    "industry": _one(Word, _("In the industry with this code.")),
    "unknown": (
        list[Literal[tuple(SPLITS)]],  # type: ignore[misc]
        Described(default=[], max_length=20, description=english(_("Of which nothing of this kind is known."))),
    ),
    "part": _one(Word, _("Of this part, for figures that have parts.")),
    "window": _one(Literal[tuple(map(str, WINDOWS))], _("Within so many of the last months; 24 by default.")),
}
PAGE: dict[str, Any] = {
    "limit": (Limit, Described(default=USUAL, description=english(LIMIT))),
    "cursor": _one(Cursor, CURSOR),
}
ValueAsked = _parameters("FigureAsked", **NARROWING)
RowsAsked = _parameters("FigureRowsAsked", **NARROWING, **PAGE)
SnapshotsAsked = _parameters(
    "SnapshotsAsked",
    **NARROWING,
    taken_on_from=_one(Day, _("On this day or later.")),
    taken_on_to=_one(Day, _("On this day or earlier.")),
    **PAGE,
)


class FigurePart(BaseModel):
    __doc__ = english(_("One part of a split figure."))
    key: str | None = Described(
        description=english(_("As the parameter takes it, a month like 2026-11; null for what says nothing."))
    )
    zh: str = Described(description=english(_("Its name in Chinese.")))
    en: str = Described(description=english(_("Its name in English; empty where there is none.")))
    number: int = Described(description=english(_("The number of this part.")))
    denominator: int | None = Described(description=english(_("Of how many; null where it is no share.")))


class FigureSplit(BaseModel):
    __doc__ = english(_("A figure split; a row may lie in several parts, so they are not added."))
    slug: str = Described(description=english(_("Its name in addresses; it never changes.")))
    by: str = Described(description=english(_("By what it is split.")))
    items: list[FigurePart] = Described(description=english(_("The parts.")))
    definition_hash: str = Described(
        description=english(_("A digest of the definition: numbers of different ones are never added."))
    )
    as_of: str = Described(description=english(_("When it was counted.")))


SplitAsked = _parameters(
    "SplitAsked",
    by=(
        Literal[tuple(SPLITS)],
        Described(description=english(_("By what; see `splits` of its definition."))),
    ),
    **NARROWING,
)
