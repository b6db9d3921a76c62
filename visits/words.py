"""The words of a visit as messages say them."""

from __future__ import annotations

from django.utils import translation

from accounts.models.people import User
from visits.models.visits import Visit


def words_of(visit: Visit, reader: User) -> dict[str, object]:
    """Plain values for an e-mail, in the reader's language."""
    with translation.override(reader.language):
        return {
            "enterprise": str(visit.enterprise),
            "starts_on": visit.starts_on,
            "time": visit.starts_at_time,
            "part_of_day": str(visit.get_part_of_day_display()),
            "place": visit.place,
            "goal": visit.goal,
            "direction": visit.direction,
            "medium": visit.medium,
        }
