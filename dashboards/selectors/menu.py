"""Which dashboards a reader may open."""

from __future__ import annotations

from accounts.choices import Role
from accounts.models.people import User
from dashboards.board import Board
from dashboards.catalogue import BOARDS

FIRST = {Role.LEADER: "leadership", Role.OFFICER: "office", Role.ADMIN: "office", Role.COLLEGE: "college"}


def open_to(user: User) -> list[Board]:
    """Those that this reader may open, what they come for first."""
    found = [board for board in BOARDS.values() if board.may_open(user)]
    first = next((slug for role, slug in FIRST.items() if user.has_role(role)), "")
    return sorted(found, key=lambda board: board.slug != first)
