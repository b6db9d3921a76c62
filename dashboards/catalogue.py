"""Every dashboard by its slug, in the order of the menu."""

from __future__ import annotations

from dashboards.board import Board
from dashboards.boards import (
    agreements,
    campaign,
    chain,
    college,
    leadership,
    majors,
    office,
    partners,
    places,
    postings,
    promises,
    quality,
)

BOARDS: dict[str, Board] = {
    module.BOARD.slug: module.BOARD
    for module in (
        leadership,
        college,
        office,
        chain,
        partners,
        majors,
        agreements,
        promises,
        postings,
        places,
        quality,
        campaign,
    )
}
