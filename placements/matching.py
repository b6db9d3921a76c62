"""Does a posting fit a student? Every rule gives its answer with the reason; the rules are in placements.fitting.

Only what the posting asks for and what the student studies, can do and wishes counts; sex, age, origin and hardship
are not known here, and a test holds the modules to the fields that they may read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from accounts.models.people import StudentProfile
from placements.fitting import required
from placements.fitting.asked import asked_ticks
from placements.fitting.required import required_ticks
from placements.fitting.ticks import Tick
from placements.fitting.wishes import wish_ticks
from placements.models.postings import Posting

TAKEN_FOR_GRANTED = ("open", "class_of", "level")


def fit(posting: Posting, profile: StudentProfile, *, on: date) -> list[Tick]:
    """All rules, required ones first; a wish that the student did not state has no tick.

    Reads posting.majors, .languages, .province and .enterprise.industry, and profile.major and .languages: load them
    beforehand for a list, or ask `conditions` alone.
    """
    return [*required_ticks(posting, profile, on=on), *asked_ticks(posting, profile), *wish_ticks(posting, profile)]


def conditions(posting: Posting, profile: StudentProfile, *, on: date) -> list[Tick]:
    """The required rules alone; reads posting.majors and profile.major."""
    return list(required_ticks(posting, profile, on=on))


def obstacles(ticks: Iterable[Tick]) -> list[Tick]:
    """The required rules that are not met."""
    return [tick for tick in ticks if tick.is_required and not tick.passed]


def reasons(ticks: Iterable[Tick]) -> list[Tick]:
    """Without the rules that are met on every line of a list, where they say nothing."""
    return [tick for tick in ticks if tick.rule not in TAKEN_FOR_GRANTED]


def in_short(posting: Posting, blocking: Tick) -> str:
    """What blocks, in the two or three words that a row of a list has room for."""
    return required.in_short(posting, blocking)
