"""Of what a figure is counted: on which day, for whom, and narrowed to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from accounts.models.people import User
from accounts.models.school import College, Major
from partnerships.selectors.freshness import Periods, periods
from visits.models.campaigns import Campaign, ReportedTotal, Trip

# What narrows a scope to some visits: who led, whose college, who was there, which kind, which class, which days.
OF_VISITS = ("led_by", "college", "leaders", "direction", "medium", "class_of", "since", "until")
# What narrows it to some enterprises, and so to what happened with them.
OF_PLACES = ("province", "city", "industry")
NARROWING = (*OF_VISITS, *OF_PLACES, "major", "unknown", "part", "window")
WINDOWS = (12, 24, 36)  # months; the middle one where nobody asks for another


@dataclass(frozen=True)
class Scope:
    """Of what, on which day and for whom; `user` is None for the school itself (the nightly snapshot).

    `led_by` is a role: only visits led by people who held it; `leaders` are people: only visits at which at
    least one of them was present. `since` and `until` are days of visits; a visit without a day lies in no
    period that has a beginning. `province` is the first two digits of its code, `city` the code of a prefecture or
    the word that was typed, `industry` a section of GB/T 4754. `unknown` names the splits of which the rows are to
    say nothing, `part` is one part of a figure that has parts of its own. `window` is the months of a rolling window,
    nothing for the usual one.
    """

    campaign: Campaign | None
    on: date
    user: User | None
    trip: Trip | None = None
    led_by: str = ""
    college: College | None = None
    leaders: tuple[User, ...] = ()
    direction: str = ""
    medium: str = ""
    class_of: int | None = None
    since: date | None = None
    until: date | None = None
    province: str = ""
    city: str = ""
    industry: str = ""
    major: Major | None = None
    unknown: tuple[str, ...] = ()
    part: str = ""
    window: int = 0
    counts: dict[tuple[object, ...], int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_narrowed(self) -> bool:
        return any(self.narrowing)

    @property
    def narrowing(self) -> tuple[Any, ...]:
        """By what it is narrowed, beside campaign and trip."""
        return tuple(getattr(self, name) for name in NARROWING)

    @property
    def months(self) -> int:
        """The months of the rolling window."""
        return self.window or WINDOWS[1]

    @property
    def is_of_some_visits(self) -> bool:
        """Not of all visits of the school."""
        return bool(self.campaign or self.trip or any(getattr(self, name) for name in OF_VISITS) or self.unknown)

    @cached_property
    def freshness(self) -> Periods:
        """For how long a word on a file holds; one query."""
        return periods()

    @cached_property
    def reported_totals(self) -> dict[str, ReportedTotal]:
        """The latest total that a source states, by measure; one query."""
        if self.trip is not None:
            stated = ReportedTotal.objects.filter(trip=self.trip)
        elif self.campaign is not None:
            stated = ReportedTotal.objects.filter(campaign=self.campaign)
        else:
            return {}
        return {total.measure: total for total in stated.order_by("reported_on", "pk")}


WHOLE = Scope(None, date.min, None)
