"""The day of the journeys through postings."""

from tests.placements.conftest import now, today

__all__ = ["now", "today"]
