"""Figures as tiles: the number, what it is of, its target, and the page behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.value import Value
from reports.selectors.doors import href


@dataclass(frozen=True)
class Tile:
    """One figure as it is shown: number, what it is of, the target, and the page behind it."""

    figure: Figure
    value: Value
    href: str
    target: int | None = None

    @property
    def reached(self) -> int:
        """For the bar, which ends at the target."""
        return min(self.value.number, self.target or 0)


def tiles(scope: Scope, slugs: Iterable[str], targets: dict[str, int]) -> list[Tile]:
    """A target that is set for everyone stands on the tile; the others have lines of their own."""
    found = [FIGURES[slug] for slug in slugs]
    return [
        Tile(figure, figure.value(scope), href(figure.slug, scope), targets.get(figure.measure)) for figure in found
    ]
