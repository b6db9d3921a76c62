"""How many postings stand in which state, and when each opened and closes."""

from __future__ import annotations

from typing import NamedTuple

from placements.choices import PostingState


class PostingPlan(NamedTuple):
    """`opens` and `closes` are days from today."""

    state: PostingState
    opens: int
    closes: int


def posting_plans() -> list[PostingPlan]:
    """Eighty, of which six close within the week and three open later."""
    open_now = [PostingPlan(PostingState.PUBLISHED, -75 + 2 * n, 12 + (7 * n) % 60) for n in range(36)]
    closing = [PostingPlan(PostingState.PUBLISHED, -40 + n, days) for n, days in enumerate((0, 1, 2, 4, 5, 6))]
    later = [PostingPlan(PostingState.PUBLISHED, 6 + 4 * n, 40 + 5 * n) for n in range(3)]
    closed = [PostingPlan(PostingState.CLOSED, -150 + 6 * n, -60 + 5 * n) for n in range(10)]
    filled = [PostingPlan(PostingState.FILLED, -120 + 5 * n, -45 + 4 * n) for n in range(7)]
    draft = [PostingPlan(PostingState.DRAFT, 3 + n, 50 + n) for n in range(6)]
    in_review = [PostingPlan(PostingState.IN_REVIEW, 1 + n, 45 + n) for n in range(6)]
    withdrawn = [PostingPlan(PostingState.WITHDRAWN, -50 + 4 * n, 20 + n) for n in range(3)]
    rejected = [PostingPlan(PostingState.REJECTED, -6 + n, 30 + n) for n in range(3)]
    return [*closed, *filled, *open_now, *closing, *later, *draft, *in_review, *withdrawn, *rejected]
