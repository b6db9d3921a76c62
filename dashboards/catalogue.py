"""Every dashboard by its slug, in the order of the menu."""

from __future__ import annotations

from dashboards.board import Board
from dashboards.boards import agreements, college, leadership, office, places, postings, quality

BOARDS: dict[str, Board] = {
    module.BOARD.slug: module.BOARD for module in (leadership, college, office, agreements, postings, places, quality)
}
