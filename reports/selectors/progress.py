"""How far the targets of a campaign are reached: each counts the same rows that its figure lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.figures.value import Value
from reports.selectors.doors import href
from visits.models.campaigns import Campaign, CampaignTarget

BY_MEASURE = {str(figure.measure): figure for figure in FIGURES.values() if figure.measure}


@dataclass(frozen=True)
class Progress:
    """How far one target of a campaign is reached, and by whom it is to be."""

    target: CampaignTarget
    figure: Figure
    value: Value
    href: str

    @property
    def reached(self) -> int:
        """For the bar, which ends at the target."""
        return min(self.value.number, self.target.number)

    @property
    def of_whom(self) -> str:
        """The role, the college, or the people together; nothing where it is everyone."""
        target = self.target
        if target.name or target.college is not None or target.role:
            return target.name or str(target.college or target.get_role_display())
        return ", ".join(str(leader) for leader in leaders_of(target))


def targets_of(campaign: Campaign | None) -> list[CampaignTarget]:
    """With their colleges and leaders; two queries."""
    if campaign is None:
        return []
    return list(campaign.targets.select_related("college").prefetch_related("leaders"))


def leaders_of(target: CampaignTarget) -> list[Any]:
    return sorted(target.leaders.all(), key=lambda leader: leader.pk)


def overall(targets: list[CampaignTarget]) -> dict[str, int]:
    """The targets that are set for everyone, by measure."""
    return {target.measure: target.number for target in targets if target.is_of_everyone}


def progress_of(target: CampaignTarget, scope: Scope) -> Progress:
    """What the role, the college or the leaders together have reached, whatever else the scope is narrowed to."""
    figure = BY_MEASURE[target.measure]
    counted = replace(scope, led_by=target.role, college=target.college, leaders=tuple(leaders_of(target)))
    return Progress(target, figure, figure.value(counted), href(figure.slug, counted))


def target_lines(figure: Figure, scope: Scope) -> list[Progress]:
    """The targets of one figure, for its own page."""
    if not figure.measure:
        return []
    whole = replace(scope, province="", part="", direction="", medium="", since=None, until=None)
    measured = [target for target in targets_of(scope.campaign) if target.measure == figure.measure]
    return [progress_of(target, whole) for target in measured]
