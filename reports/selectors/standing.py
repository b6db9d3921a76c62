"""How a figure stood: its snapshots, how it moved between two of them, and whether it moved after it was reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.choices import Role
from accounts.models.people import StudentProfile
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from placements.models.applications import Application
from reports.choices import SnapshotReason
from reports.figures.figure import Figure, Rows
from reports.figures.scope import Scope
from reports.models.snapshots import Snapshot
from reports.row_sets import HUNDREDTHS, Amounts, came_and_went, pack, unpack
from reports.selectors.doors import about
from reports.selectors.figure import Row, shown_rows
from reports.selectors.weeks import Week, week_of

STOOD = 12
TREND_DAYS = timedelta(days=400)
MOST_DOTS = 62  # two months of nights; who goes through a chart by keyboard stops at each dot
MOST_SHOWN = 200
# What college staff see a part of; the other rows of figures are for all staff.
RESTRICTED = (Agreement, Commitment, Application, StudentProfile)


@dataclass(frozen=True)
class Moved:
    """What differs between two states of a figure; keys in the order in which they came on file."""

    came: list[int]
    went: list[int]
    changed: list[int]

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)


@dataclass(frozen=True)
class SinceReported:
    """A figure that is no longer what was reported; `now` is counted from the rows."""

    snapshot: Snapshot
    now: int
    moved: Moved


@dataclass(frozen=True)
class Difference:
    """Rows of a comparison with their cells; `gone` are no longer on file or not for this reader's eyes."""

    rows: list[Row]
    gone: int
    hidden: int

    @property
    def number(self) -> int:
        return len(self.rows) + self.gone + self.hidden


@dataclass(frozen=True)
class Comparison:
    """Two states of a figure; `after_at` is now where the second is no snapshot."""

    before: Snapshot
    after_number: int
    after_at: datetime
    came: Difference
    went: Difference
    changed: Difference
    is_same_definition: bool

    @property
    def change(self) -> int:
        return self.after_number - self.before.numerator

    @property
    def is_the_same(self) -> bool:
        return not (self.came.number or self.went.number or self.changed.number)


@dataclass(frozen=True)
class Standing:
    """The snapshots of some 13 months, newest first; everything about the past of a figure is drawn from them."""

    kept: list[Snapshot]

    @property
    def newest(self) -> list[Snapshot]:
        return self.kept[:STOOD]

    @property
    def reported(self) -> Snapshot | None:
        """The last time that it was reported."""
        return next((snapshot for snapshot in self.kept if snapshot.reason == SnapshotReason.REPORTED), None)

    @property
    def days(self) -> list[Snapshot]:
        """The last snapshot of each day, oldest first; where that makes too many, the last of each week."""
        days: dict[date, Snapshot] = {}
        weeks: dict[Week, Snapshot] = {}
        for snapshot in self.kept:
            days.setdefault(snapshot.taken_on, snapshot)
            weeks.setdefault(week_of(snapshot.taken_on), snapshot)
        return list((days if len(days) <= MOST_DOTS else weeks).values())[::-1]


def standing_of(figure: Figure, scope: Scope) -> Standing:
    """One query."""
    kept = Snapshot.objects.of(figure.slug, about(scope)).filter(taken_on__gte=scope.on - TREND_DAYS)
    return Standing(list(kept.select_related("taken_by")))


def rows_of(figure: Figure, scope: Scope) -> Amounts:
    """What each row adds to the figure, in hundredths, by its key."""
    rows = figure.rows(scope).order_by("pk")
    if figure.sums:
        return {key: int((number or 0) * HUNDREDTHS) for key, number in rows.values_list("pk", figure.sums)}
    return dict.fromkeys(rows.values_list("pk", flat=True).iterator(chunk_size=5000), HUNDREDTHS)


def number_of(rows: Amounts) -> int:
    return sum(rows.values()) // HUNDREDTHS


def since_reported(figure: Figure, scope: Scope, reported: Snapshot | None) -> SinceReported | None:
    """None where nothing was reported, or where it still is what was reported; two queries where something was."""
    if reported is None or reported.rows_id is None:
        return None
    now = rows_of(figure, of_school(scope))
    if pack(now)[0] == reported.rows_id:
        return None
    return SinceReported(reported, number_of(now), _moved(_kept(reported), now))


def comparison(figure: Figure, scope: Scope, before: Snapshot, after: Snapshot | None, *, now: datetime) -> Comparison:
    """From one snapshot to a later one, or to now: what came, what went, and what counts another amount."""
    rows = _kept(after) if after is not None else rows_of(figure, of_school(scope))
    moved = _moved(_kept(before), rows)
    return Comparison(
        before=before,
        after_number=number_of(rows),
        after_at=after.taken_at if after is not None else now,
        came=_difference(figure, scope, moved.came),
        went=_difference(figure, scope, moved.went),
        changed=_difference(figure, scope, moved.changed),
        is_same_definition=before.definition == (after.definition if after is not None else figure.digest),
    )


def _kept(snapshot: Snapshot) -> Amounts:
    return unpack(bytes(snapshot.rows.packed)) if snapshot.rows is not None else {}


def _moved(before: Amounts, after: Amounts) -> Moved:
    return Moved(*came_and_went(before, after))


def of_school(scope: Scope) -> Scope:
    """Snapshots are counted with the eyes of the school; so is what they are held against."""
    return Scope(**{name: getattr(scope, name) for name in _COUNTED}, user=None)


_COUNTED = tuple(name for name in Scope.__dataclass_fields__ if name not in ("user", "counts"))


def _readable(rows: Rows, scope: Scope) -> Rows:
    """What went is counted by no figure any more, so it is asked by itself whether the reader may see it."""
    user = scope.user
    if user is None or user.is_office or user.has_role(Role.LEADER) or rows.model not in RESTRICTED:
        return rows
    return rows.visible_to(user)  # type: ignore[attr-defined, no-any-return]


def _difference(figure: Figure, scope: Scope, keys: Iterable[int]) -> Difference:
    """The rows that are still on file and that the reader may see, at most 200 of them; how many others there are."""
    asked = list(keys)
    model: Any = figure.counted(scope).model
    on_file = set(model._default_manager.filter(pk__in=asked).values_list("pk", flat=True))
    readable = _readable(model._default_manager.filter(pk__in=on_file), scope)
    shown = list(readable.select_related(*figure.related).order_by("pk")[:MOST_SHOWN])
    return Difference(shown_rows(figure, shown, scope), len(set(asked) - on_file), len(on_file) - len(shown))
