"""Begins as the tests of placements do."""

from tests.placements.conftest import english, now, today

__all__ = ["english", "now", "today"]
