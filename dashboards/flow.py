"""A flow as shapes for SVG: nodes in columns, and bands between them as wide as the records that go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dashboards.board import Content

WIDTH, NODE, ROOM, GAP, TOP = 1100, 10, 280, 34, 20
LEAST = 3  # what is there at all can be seen and clicked
Wide = Callable[[int], float]
RIGHT = 190  # for the words beside the last column


@dataclass
class Node:
    """A kind of record at one link of the chain; `column` counts from the left."""

    key: str
    column: int
    row: Content
    came: float = 0
    went: float = 0
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        return max(LEAST, self.came, self.went)


@dataclass(frozen=True)
class Band:
    """Records of one node that went on to another one."""

    source: str
    target: str
    row: Content
    has_ended: bool = False


def flow(nodes: Iterable[Node], bands: Sequence[Band]) -> Content:
    """Only what holds anything is drawn; a table beside says the rest."""
    drawn = [band for band in bands if band.row["number"]]
    used = {band.source for band in drawn} | {band.target for band in drawn}
    shown = {node.key: node for node in nodes if node.key in used}
    if not shown:
        return {}
    wide = _scale(shown, drawn)
    for band in drawn:
        shown[band.source].went += wide(band.row["number"])
        shown[band.target].came += wide(band.row["number"])
    height = _place(list(shown.values()), drawn, wide)
    return {
        "width": WIDTH,
        "height": round(height, 1),
        "bands": _ribbons(shown, drawn, wide),
        "nodes": [
            {
                "x": round(node.x, 1),
                "y": round(node.y, 1),
                "width": NODE,
                "height": round(node.height, 1),
                "text_x": round(node.x + NODE + 6, 1),
                "text_y": round(node.y - 6, 1),
                "row": node.row,
            }
            for node in shown.values()
        ],
    }


def _scale(nodes: dict[str, Node], bands: Sequence[Band]) -> Wide:
    """One scale for all bands, so that their widths can be compared."""
    most = 1
    for column in {node.column for node in nodes.values()}:
        inside = {node.key for node in nodes.values() if node.column == column}
        came = sum(band.row["number"] for band in bands if band.target in inside)
        went = sum(band.row["number"] for band in bands if band.source in inside)
        most = max(most, came, went)
    return lambda number: max(LEAST, ROOM * number / most)


def _place(nodes: Sequence[Node], bands: Sequence[Band], wide: Wide) -> float:
    """Each column from the top; where a band passes over a column, its nodes begin below it."""
    columns: dict[int, list[Node]] = {}
    for node in nodes:
        columns.setdefault(node.column, []).append(node)
    where = {node.key: node.column for node in nodes}
    step = (WIDTH - RIGHT - NODE) / max(1, *columns)
    lowest = 0.0
    for column, members in columns.items():
        passing = [band for band in bands if where[band.source] < column < where[band.target]]
        y = TOP + sum(wide(band.row["number"]) + GAP for band in passing)
        for node in members:
            node.x, node.y = column * step, y
            y += node.height + GAP
        lowest = max(lowest, y - GAP)
    return lowest + 8


def _ribbons(nodes: dict[str, Node], bands: Sequence[Band], wide: Wide) -> list[Content]:
    """Bands leave and reach a node one below the other, in the order in which they are given."""
    left = {key: node.y for key, node in nodes.items()}
    right = dict(left)
    found = []
    for band in bands:
        source, target, thick = nodes[band.source], nodes[band.target], wide(band.row["number"])
        found.append(
            {
                "path": _ribbon(source.x + NODE, left[band.source], target.x, right[band.target], thick),
                "has_ended": band.has_ended,
                "row": band.row,
            }
        )
        left[band.source] += thick
        right[band.target] += thick
    return found


def _ribbon(x: float, y: float, end_x: float, end_y: float, thick: float) -> str:
    """The `d` of a path with level ends."""
    middle = (x + end_x) / 2
    upper = f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {end_y:.1f} {end_x:.1f} {end_y:.1f}"
    lower = f"C{middle:.1f} {end_y + thick:.1f} {middle:.1f} {y + thick:.1f} {x:.1f} {y + thick:.1f}Z"
    return f"{upper}V{end_y + thick:.1f}{lower}"
