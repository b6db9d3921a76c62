"""The counts of a week for the whole, per college and per leader: each table in one query over visits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College
from partnerships.choices.agreements import Side
from reports.figures.catalogue import FIGURES
from reports.figures.of_visits import visits_in, within
from reports.figures.scope import Scope
from reports.selectors.doors import href
from reports.selectors.three_counts import NAMES, Door, three_sums, with_person_times
from visits.choices import ParticipantPart
from visits.models.results import Outcome
from visits.models.visits import Participant, VisitQuerySet

OFFERS = {"posts-offered": "posts", "internships-offered": "internships"}
COUNTED = {**NAMES, **OFFERS}
PERIODS = ("to_date", "week", "before")


@dataclass(frozen=True)
class Periods:
    """The same scope up to the end of a week, in the week, and in the week before it."""

    to_date: Scope
    week: Scope
    before: Scope

    def of(self, narrowed: Callable[[Scope], Scope]) -> Periods:
        return Periods(narrowed(self.to_date), narrowed(self.week), narrowed(self.before))


@dataclass(frozen=True)
class Line:
    """A college or a leader: the counts of the week, and those up to its end; each opens its rows."""

    name: str
    about: str
    week: list[Door]
    to_date: list[Door]

    @property
    def pairs(self) -> list[tuple[Door, Door]]:
        return list(zip(self.week, self.to_date, strict=True))


def counted_visits(periods: Periods) -> VisitQuerySet:
    """Visits up to the end of the week with their person-times and what was offered at them."""
    offered = Outcome.objects.filter(visit=OuterRef("pk")).order_by().values("visit")
    offers = {
        name: Coalesce(Subquery(offered.annotate(sum=Sum(name)).values("sum")), 0, output_field=IntegerField())
        for name in OFFERS.values()
    }
    visits: VisitQuerySet = with_person_times(visits_in(periods.to_date)).annotate(**offers)
    return visits.order_by()


def sums_of(periods: Periods) -> dict[str, Any]:
    """Aggregates `week_visits`, `before_posts` and so on, over counted_visits."""
    sums: dict[str, Any] = {}
    for period in PERIODS:
        found = within(getattr(periods, period))
        sums |= three_sums(period, found)
        sums |= {f"{period}_{name}": Coalesce(Sum(name, filter=found), 0) for name in OFFERS.values()}
    return sums


def college_lines(periods: Periods) -> list[Line]:
    """Every college, those without a visit too; a visit of two colleges counts for both. Two queries."""
    rows = counted_visits(periods).filter(colleges__isnull=False).values("colleges").annotate(**sums_of(periods))
    found: dict[int, Any] = {row["colleges"]: row for row in rows}
    return [_college_line(college, found.get(college.pk, {}), periods) for college in College.objects.all()]


def leader_lines(periods: Periods) -> list[Line]:
    """School leadership, and whoever else led a visit: the visits at which each was present. Two queries."""
    present = Q(participants__side=Side.SCHOOL, participants__was_present=True, participants__user__isnull=False)
    rows = counted_visits(periods).filter(present).values("participants__user").annotate(**sums_of(periods))
    found: dict[int, Any] = {row["participants__user"]: row for row in rows}
    lines = [_leader_line(leader, found.get(leader.pk, {}), periods) for leader in _leaders(periods)]
    return sorted(lines, key=lambda line: -line.to_date[0].number)


def _leaders(periods: Periods) -> list[User]:
    on = periods.to_date.until or periods.to_date.on
    led = Participant.objects.filter(
        visit__in=visits_in(periods.to_date).order_by().values("pk"),
        side=Side.SCHOOL, part=ParticipantPart.LEADS, was_present=True, user__isnull=False,
    )  # fmt: skip
    leadership = User.objects.holding(Role.LEADER, on=on).values("pk")
    return list(
        User.objects.filter(Q(pk__in=leadership) | Q(pk__in=led.order_by().values("user"))).order_by("name", "pk")
    )


def _college_line(college: College, found: dict[str, Any], periods: Periods) -> Line:
    return _line(str(college), "", found, periods.of(lambda scope: replace(scope, college=college)))


def _leader_line(leader: User, found: dict[str, Any], periods: Periods) -> Line:
    of_leader = periods.of(lambda scope: replace(scope, leaders=(leader,)))
    return _line(str(leader), leader.display_title, found, of_leader)


def _line(name: str, about: str, found: dict[str, Any], periods: Periods) -> Line:
    def doors(period: str) -> list[Door]:
        scope = getattr(periods, period)
        return [
            Door(str(FIGURES[slug].name), found.get(f"{period}_{counted}", 0), href(slug, scope))
            for slug, counted in COUNTED.items()
        ]

    return Line(name, about, doors("week"), doors("to_date"))
