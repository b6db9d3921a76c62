"""What a person's day says of visits after their report: remarks to answer, reports to check, what climbed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models.people import User
from visits.choices import VisitState
from visits.models.reports import ReportReturn
from visits.models.results import FollowUp
from visits.models.visits import Visit
from visits.selectors.checking import returned_to
from visits.selectors.follow_ups import climbed, late_days

ROWS = 6


@dataclass(frozen=True)
class Climbed:
    """A follow-up that is so late that the office sees to it."""

    item: FollowUp
    late: int


@dataclass(frozen=True)
class AfterVisits:
    """Remarks on this person's reports; for the office also how many reports wait, and what climbed to it."""

    returned: list[ReportReturn]
    to_check: int
    climbed: list[Climbed]


def after_visits(user: User, *, on: date) -> AfterVisits:
    """One query; three for the office."""
    waiting = ReportReturn.objects.filter(returned_to(user), answered_at=None, visit__state=VisitState.REPORTED)
    returned = list(waiting.select_related("visit__enterprise", "by")[:ROWS])
    if not user.is_office:
        return AfterVisits(returned, 0, [])
    reported = Visit.objects.filter(state=VisitState.REPORTED)
    to_check = reported.exclude(pk__in=ReportReturn.objects.filter(answered_at=None).values("visit")).count()
    return AfterVisits(returned, to_check, [Climbed(item, late_days(item, on=on)) for item in climbed(on)[:ROWS]])
