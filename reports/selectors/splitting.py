"""A figure split: its value in each part, and the page behind each."""

from __future__ import annotations

from dataclasses import dataclass

from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.splits import NOT_STATED, Split
from reports.figures.value import Value
from reports.selectors.doors import href


@dataclass(frozen=True)
class SplitLine:
    """One part: its key, which stands in no place of a ranking, and how long its bar is of the longest."""

    key: object
    label: str
    value: Value
    href: str
    most: int


@dataclass(frozen=True)
class SplitTable:
    split: Split
    lines: list[SplitLine]

    @property
    def has_shares(self) -> bool:
        return any(line.value.denominator is not None for line in self.lines)


def offered(figure: Figure, scope: Scope) -> list[Split]:
    """By what the page may be split: not by what it is narrowed to; cities only within a province."""
    found = figure.splits.values()
    return [split for split in found if not split.is_in(scope) and (split.slug != "city" or scope.province)]


def split_table(figure: Figure, scope: Scope, split: Split) -> SplitTable:
    """In the order of the keys, or of the names; what does not say comes last. Two queries where it counts at once."""
    found = figure.parts(scope, split.slug)
    names = split.names([key for key in found if key is not None])
    labels = {key: str(NOT_STATED) if key is None else names.get(key, str(key)) for key in found}
    most = max((value.rows for value in found.values()), default=0)
    order = sorted(found, key=lambda key: (key is None, labels[key] if split.by_name else key or 0))
    return SplitTable(
        split,
        [SplitLine(key, labels[key], found[key], href(figure.slug, split.part_of(scope, key)), most) for key in order],
    )
