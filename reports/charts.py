"""Charts as shapes on a page: each mark is a link to its rows, and each chart stands beside a table of its numbers.

Drawn on the server as SVG, so that they are read by keyboard and without JavaScript, print, and follow the appearance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 14, 30
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Dot:
    """One mark of a line: where it lies, what it says, where it leads, and from where to where a finger hits it."""

    x: float
    y: float
    label: str
    number: int
    href: str
    room: tuple[float, float]

    @property
    def room_width(self) -> float:
        return self.room[1] - self.room[0]


@dataclass(frozen=True)
class Mark:
    """A line of the grid, or a word below."""

    at: float
    text: str


@dataclass(frozen=True)
class LineChart:
    dots: list[Dot]
    rules: list[Mark]
    ends: tuple[str, str]

    width, height, left, right, top, bottom = WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM

    @property
    def depth(self) -> int:
        """From the highest line to the lowest."""
        return self.bottom - self.top

    @property
    def points(self) -> str:
        """For the `points` of an SVG polyline."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


def line_chart(points: Sequence[tuple[date, int, str, str]]) -> LineChart | None:
    """Days with their numbers, words and addresses, oldest first; None for fewer than two days."""
    if len(points) < 2:
        return None
    first, last = points[0][0], points[-1][0]
    low, high, step = scale(min(number for _, number, _, _ in points), max(number for _, number, _, _ in points))
    days, span = (last - first).days or 1, (high - low) or 1

    def down(number: int) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - number) / span

    across = [LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days for day, _, _, _ in points]
    dots = [
        Dot(x, down(number), label, number, href, room)
        for x, room, (_, number, label, href) in zip(across, _rooms(across), points, strict=True)
    ]
    rules = [Mark(down(number), f"{number:,}") for number in range(low, high + 1, step)]
    return LineChart(dots, rules, (points[0][2], points[-1][2]))


def _rooms(across: Sequence[float]) -> list[tuple[float, float]]:
    """Around each place half the way to the next on either side, so that the whole width leads somewhere."""
    halves = [(one + other) / 2 for one, other in pairwise(across)]
    return list(zip([across[0], *halves], [*halves, across[-1]], strict=True))


def scale(least: int, most: int) -> tuple[int, int, int]:
    """From where to where an axis goes and in which steps: four or five of 1, 2 or 5 times a power of ten.

    It begins at nothing unless the numbers lie close together far from it.
    """
    low = 0 if least <= (most - least) * 3 else least
    span, power = max(1, most - low), 1
    while True:
        for step in STEPS:
            if span <= step * power * 4:
                size = step * power
                return low // size * size, -(-most // size) * size or size, size
        power *= 10
