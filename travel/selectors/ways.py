"""The way from one stop to the next: the minutes it takes beside the minutes there are."""

from __future__ import annotations

from dataclasses import dataclass

from visits.models.visits import Visit
from visits.selectors.clashes import minutes


@dataclass(frozen=True)
class Way:
    """`takes` is what the planner said; `between` the time from the end before (or its start) to this start."""

    takes: int | None
    between: int | None
    is_end_known: bool

    @property
    def is_short(self) -> bool:
        """Is the next stop to begin before one can be there?"""
        return self.between is not None and self.between < (self.takes or 0)

    @property
    def is_turned(self) -> bool:
        """Does this stop begin before the one before it?"""
        return self.between is not None and self.between < 0


def way_between(before: Visit, after: Visit) -> Way:
    """Two stops of one day in their order."""
    left = before.ends_at_time or before.starts_at_time
    known = left is not None and after.starts_at_time is not None
    between = minutes(after.starts_at_time) - minutes(left) if known else None  # type: ignore[arg-type]
    return Way(after.travel_minutes, between, before.ends_at_time is not None)
