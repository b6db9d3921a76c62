"""Trips are planned on the same day as visits are, in the language of the source."""

from tests.visits.conftest import client_of, english, now, that_day, today

__all__ = ["client_of", "english", "now", "that_day", "today"]
