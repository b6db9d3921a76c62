"""The page behind a figure: its rows, and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from placements.models.applications import Application
from reports.figures.figure import Figure, Rows
from reports.figures.scope import Scope


@dataclass(frozen=True)
class Row:
    """One counted row: its cells, and where it is read in full."""

    cells: list[Any]
    href: str
    labels: list[str]
    fix: str = ""

    @property
    def labelled(self) -> list[tuple[Any, str]]:
        """Each cell with its heading, which a phone shows beside it."""
        return list(zip(self.cells, self.labels, strict=True))


def shown_rows(figure: Figure, rows: Iterable[object], scope: Scope) -> list[Row]:
    """Rows with their cells; without a link where the reader may not open the record."""
    page = list(rows)
    may_open = _may_open(figure, page, scope)
    labels = [str(column.label) for column in figure.columns]
    return [
        Row(
            cells_of(figure, row),
            figure.href(row) if may_open is None or figure.key_of(row) in may_open else "",
            labels,
            figure.fix_href(row),
        )
        for row in page
    ]


def cells_of(figure: Figure, row: object) -> list[Any]:
    return [column.of(row) for column in figure.columns]


def ordered(rows: Rows) -> Rows:
    """In a fixed order, for pages and files."""
    return rows if rows.ordered else rows.order_by("pk")


@dataclass(frozen=True)
class FigurePart:
    """One part of a figure, to narrow its rows to."""

    code: str
    label: str
    number: int
    is_chosen: bool


def parts(figure: Figure, scope: Scope) -> list[FigurePart]:
    """How the rows fall into parts; nothing for a figure without any. One query."""
    if not figure.part_path:
        return []
    whole = replace(scope, part="")
    found = sorted((code, number) for code, number in figure.counts_by(figure.part_path, whole).items() if code)
    return [
        FigurePart(code, str(figure.part_label(code)), number, is_chosen=code == scope.part) for code, number in found
    ]


def _may_open(figure: Figure, page: list[object], scope: Scope) -> set[Any] | None:
    """Applications are counted for leadership too, who may not open them; None: all may be opened."""
    if figure.link != "placements:application" or scope.user is None:
        return None
    keys = [figure.key_of(row) for row in page]
    return set(Application.objects.visible_to(scope.user).filter(pk__in=keys).values_list("pk", flat=True))
