"""Interview hours as the enterprise keeps them: when, where, and who comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.visitors import Visitor
from placements.models.interviews import InterviewSlot
from placements.models.postings import Posting
from placements.selectors.interviews import hours_of


@dataclass(frozen=True)
class Hour:
    """An hour that stands; `people` are the names that were sent, each with the address of the application."""

    slot: InterviewSlot
    taken: int
    people: list[tuple[str, str]]
    take_back: str


def hour_rows(visitor: Visitor, posting: Posting, *, now: datetime) -> list[Hour]:
    """In the order of the day; two queries. What has begun is not taken back."""
    return [_hour(visitor, slot, now=now) for slot in hours_of(posting)]


def _hour(visitor: Visitor, slot: Any, *, now: datetime) -> Hour:
    people = [
        (booking.application.snapshot["name"], visitor.address("application", booking.application_id))
        for booking in slot.people
    ]
    take_back = visitor.address("interview_cancel", slot.pk) if slot.starts_at > now else ""
    return Hour(slot, slot.taken, people, take_back)
