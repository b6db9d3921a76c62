"""In which order postings stand under "For you", and students who fit a posting: points per rule, in one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placements.fitting.ticks import Answer, Tick
from placements.models.postings import Posting

FRESH_FOR = timedelta(days=14)
FRESH = 5


class Points(NamedTuple):
    """What a rule adds to the score of a posting, and how the page says it."""

    number: int
    words: str | Promise


# By rule, answer and case of the tick. What is not here, unknown answers among it, adds nothing.
POINTS: dict[tuple[str, Answer, str], Points] = {
    ("major", Answer.YES, "named"): Points(30, _("it names your major")),
    ("major", Answer.YES, "class"): Points(20, _("it names the broad class of your major")),
    ("city", Answer.YES, ""): Points(20, _("it is in a city you wish for")),
    ("pay", Answer.YES, ""): Points(15, _("it pays what you wish for")),
    ("industry", Answer.YES, ""): Points(15, _("it is in an industry you wish for")),
    ("skills", Answer.YES, ""): Points(10, _("it asks for a skill that you have")),
    ("language", Answer.YES, ""): Points(10, _("it asks for a language that you speak well enough, for each")),
    ("place", Answer.YES, ""): Points(5, _("it is in a province where you would work")),
    ("dates", Answer.YES, ""): Points(5, _("its dates lie in the time when you are free")),
    ("days", Answer.YES, ""): Points(5, _("it asks for no more days a week than you have")),
    ("language", Answer.NO, ""): Points(-15, _("it asks for a language that you do not speak well enough, for each")),
    ("place", Answer.NO, ""): Points(-20, _("it is in another province than those where you would work")),
    ("dates", Answer.NO, ""): Points(-15, _("its dates do not lie in the time when you are free")),
    ("days", Answer.NO, ""): Points(-10, _("it asks for more days a week than you have")),
}
FRESH_WORDS = _("it was published in the last two weeks")


@dataclass(frozen=True)
class Scored:
    """A line of the account: how many points, and for what."""

    number: int
    words: str

    @property
    def signed(self) -> str:
        return f"{self.number:+d}".replace("-", "\N{MINUS SIGN}")


def score(ticks: Iterable[Tick]) -> int:
    """The points of all rules together."""
    found = (POINTS.get((tick.rule, tick.answer, tick.case)) for tick in ticks)
    return sum(points.number for points in found if points)


def freshness(posting: Posting, *, on: date) -> int:
    """What a posting has for being new; its opening day counts where it was published before."""
    published = timezone.localdate(posting.published_at) if posting.published_at else date.min
    return FRESH if max(published, posting.opens_on or date.min) >= on - FRESH_FOR else 0


def table() -> list[Scored]:
    """Every line of the account in words, best first; for the page that says how its list is made."""
    rows = [*POINTS.values(), Points(FRESH, FRESH_WORDS)]
    return [Scored(row.number, str(row.words)) for row in sorted(rows, key=lambda row: -row.number)]
