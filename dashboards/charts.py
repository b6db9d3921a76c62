"""The shapes of charts on dashboards, as numbers for SVG; each mark keeps its words and its address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.board import Content
from reports.charts import scale

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 200, 48, 12, 26
GAP = 0.28


def columns(rows: Sequence[Content]) -> Content:
    """Columns beside each other from nothing upwards, with a grid of round numbers."""
    most = max((row["number"] for row in rows), default=0)
    _low, high, step = scale(0, most)
    wide = (WIDTH - LEFT) / max(1, len(rows))
    tall = HEIGHT - TOP - BOTTOM
    bars: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        height = round(tall * row["number"] / high, 1)
        bars.append(
            {
                "x": round(LEFT + wide * (place + GAP / 2), 1),
                "y": round(TOP + tall - height, 1),
                "width": round(wide * (1 - GAP), 1),
                "height": height,
                "middle": round(LEFT + wide * (place + 0.5), 1),
                "row": row,
            }
        )
    rules = [
        {"y": round(TOP + tall * (high - number) / high, 1), "text": f"{number:,}"}
        for number in range(0, high + 1, step)
    ]
    return {"width": WIDTH, "height": HEIGHT, "left": LEFT, "foot": HEIGHT - 8, "bars": bars, "rules": rules}
