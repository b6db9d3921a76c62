"""What figures are to reach beside campaigns, and who answers for each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from accounts.models.people import User
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.value import Value
from reports.models.targets import FigureOwner, FigureTarget
from reports.selectors.doors import href
from visits.selectors.pace import Pace, pace


@dataclass(frozen=True)
class TargetLine:
    """How far one target is; of a college it counts the college alone."""

    target: FigureTarget
    value: Value
    pace: Pace
    href: str

    @property
    def reached(self) -> int:
        """For the bar, which ends at the target."""
        return min(self.value.rows, self.target.number)

    @property
    def is_reached(self) -> bool:
        return self.value.rows >= self.target.number

    @property
    def missing(self) -> int:
        return max(0, self.target.number - self.value.rows)


def target_lines(figure: Figure, scope: Scope) -> list[TargetLine]:
    """Targets that have not ended, of the college or the school that the scope is of; none within a campaign or trip.

    Two queries, and one for each target of another college.
    """
    if scope.campaign is not None or scope.trip is not None:
        return []
    targets = FigureTarget.objects.filter(figure=figure.slug, ends_on__gte=scope.on).select_related("college")
    if scope.college is not None:
        targets = targets.filter(college=scope.college)
    whole = Scope(None, scope.on, scope.user, counts=scope.counts)
    return [_line(figure, target, replace(whole, college=target.college)) for target in targets.order_by("ends_on")]


def _line(figure: Figure, target: FigureTarget, scope: Scope) -> TargetLine:
    value = figure.value(scope)
    course = pace(target.number, value.rows, first=target.starts_on, until=target.ends_on, today=scope.on)
    return TargetLine(target, value, course, href(figure.slug, scope))


def owner_of(figure: Figure) -> User | None:
    """The person who answers for it; None where that is whoever has the role of its definition. One query."""
    named = FigureOwner.objects.filter(figure=figure.slug).select_related("user").first()
    return named.user if named else None
