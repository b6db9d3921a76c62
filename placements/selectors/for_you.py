"""The postings that fit a student best, with the reasons: narrowed in the database, scored by rules one can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from accounts.models.people import StudentProfile
from placements import matching
from placements.fitting.score import freshness, score
from placements.fitting.ticks import Tick
from placements.models.applications import Application
from placements.models.postings import FRESH, SEARCHED, Posting, PostingQuerySet
from placements.selectors.search_filters import asks_for, levels_up_to

NEWEST = 300
SHOWN = 30


@dataclass(frozen=True)
class ForYou:
    """One line: a posting, its points, and what speaks for it, then against it; what is not known says nothing."""

    posting: Posting
    points: int
    reasons: list[Tick]

    @property
    def met(self) -> list[Tick]:
        return [tick for tick in self.reasons if tick.passed]


def postings_for(profile: StudentProfile, *, on: date, most: int = SHOWN) -> list[ForYou]:
    """The best of the newest that no rule blocks and the student has not applied to; four queries.

    Of equal points the newer one stands first.
    """
    prefetch_related_objects([profile], "languages")
    rows = (_row(posting, profile, on=on) for posting in _newest(profile, on=on))
    return sorted((row for row in rows if row), key=lambda row: (-row.points, -row.posting.pk))[:most]


def _newest(profile: StudentProfile, *, on: date) -> PostingQuerySet:
    with_names = suiting(profile, on=on).select_related("enterprise__industry", "province")
    lean = with_names.defer(*SEARCHED, "description", "description_en", "enterprise__about", "enterprise__search")
    return lean.prefetch_related("majors", "languages").order_by(FRESH.desc(), "-pk")[:NEWEST]


def suiting(profile: StudentProfile, *, on: date) -> PostingQuerySet:
    """Open, for the student's class, level and major, and not applied to: what the required rules let through."""
    applied = Application.objects.filter(posting=OuterRef("pk"), student=profile.user_id)
    return Posting.objects.open(on).filter(
        Q(class_of=profile.class_of) | Q(class_of__isnull=True),
        asks_for(profile.major.code),
        ~Exists(applied),
        level__in=levels_up_to(profile.level),
    )


def _row(posting: Posting, profile: StudentProfile, *, on: date) -> ForYou | None:
    """The rules have the last word: what SQL let through and a rule blocks is left out."""
    ticks = matching.fit(posting, profile, on=on)
    if matching.obstacles(ticks):
        return None
    reasons = [tick for tick in matching.reasons(ticks) if not tick.is_unknown]
    reasons.sort(key=lambda tick: not tick.passed)
    return ForYou(posting, score(ticks) + freshness(posting, on=on), reasons)
