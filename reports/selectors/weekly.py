"""The figures of a week (周报): what page, mail, PDF and workbook say is gathered here, once for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q

from accounts.models.people import User
from reports.figures.catalogue import FIGURES, THREE
from reports.figures.figure import Figure
from reports.figures.of_visits import within
from reports.figures.scope import Scope
from reports.figures.value import Value
from reports.figures.visits import our_province
from reports.selectors.doors import href
from reports.selectors.progress import Progress, progress_of
from reports.selectors.weekly_missing import Missing, missing
from reports.selectors.weekly_tables import (
    COUNTED,
    PERIODS,
    Line,
    Periods,
    college_lines,
    counted_visits,
    leader_lines,
    sums_of,
)
from reports.selectors.weeks import Week
from visits.models.campaigns import Campaign, CampaignReportDay

SHOWN = (*THREE, "new-enterprises", "posts-offered", "internships-offered", "agreements-signed")
LATE = "visits-reported-late"
IN_PROVINCE = "enterprises-in-province"


@dataclass(frozen=True)
class Counts:
    """A figure up to the end of the week, in the week, and in the week before it; each opens its rows."""

    figure: Figure
    to_date: int
    week: int
    before: int
    doors: dict[str, str]

    @property
    def change(self) -> int:
        return self.week - self.before

    @property
    def change_shown(self) -> str:
        """With its sign."""
        return f"{self.change:+d}" if self.change else "0"


@dataclass(frozen=True)
class Share:
    """The enterprises in the school's province, of those visited; never a percentage without both numbers."""

    value: Value
    href: str

    @property
    def percent(self) -> str:
        """With one decimal; nothing of nothing."""
        return f"{100 * self.value.number / self.value.denominator:.1f}%" if self.value.denominator else ""


@dataclass(frozen=True)
class Running:
    """A campaign that runs, how far its targets are, and the next day by which its figures are asked for."""

    campaign: Campaign
    targets: list[Progress]
    next_day: CampaignReportDay | None


@dataclass(frozen=True)
class Weekly:
    week: Week
    campaign: Campaign | None
    counts: list[Counts]
    late: int
    late_href: str
    share: Share
    share_of_week: Share
    running: list[Running]
    colleges: list[Line]
    leaders: list[Line]
    missing: Missing

    @property
    def three(self) -> list[Counts]:
        return [counts for counts in self.counts if counts.figure.slug in THREE]


def weekly(week: Week, campaign: Campaign | None, user: User | None, *, on: date) -> Weekly:
    """Every visit by its day, whenever it was entered; in 13 queries, and for each target of a campaign one or two."""
    periods = periods_of(week, campaign, user, on)
    return Weekly(
        week=week,
        campaign=campaign,
        counts=_counts(periods),
        late=FIGURES[LATE].value(periods.week).number,
        late_href=href(LATE, periods.week),
        share=_share(periods.to_date),
        share_of_week=_share(periods.week),
        running=_running(periods.to_date, on),
        colleges=college_lines(periods),
        leaders=leader_lines(periods),
        missing=missing(periods.to_date),
    )


def periods_of(week: Week, campaign: Campaign | None, user: User | None, on: date) -> Periods:
    to_date = Scope(campaign, on, user, until=week.sunday)
    before = replace(to_date, since=week.before.monday, until=week.before.sunday)
    return Periods(to_date, replace(to_date, since=week.monday), before)


def _counts(periods: Periods) -> list[Counts]:
    """All counts of visits in one query, newly opened enterprises and agreements in one each."""
    ours = {f"{period}_ours": _in_province(getattr(periods, period)) for period in PERIODS}
    found: dict[str, Any] = counted_visits(periods).aggregate(**sums_of(periods), **ours)
    for period in PERIODS:
        FIGURES["enterprises-visited"].remember(getattr(periods, period), found[f"{period}_enterprises"])
        FIGURES[IN_PROVINCE].remember(getattr(periods, period), found[f"{period}_ours"])
    numbers = {slug: [found[f"{period}_{name}"] for period in PERIODS] for slug, name in COUNTED.items()}
    numbers |= {slug: _by_period(slug, periods) for slug in ("new-enterprises", "agreements-signed")}
    return [_of(slug, numbers[slug], periods) for slug in SHOWN]


def _in_province(scope: Scope) -> Count:
    ours = within(scope) & Q(enterprise__province__code=our_province())
    return Count("enterprise", filter=ours, distinct=True)


def _by_period(slug: str, periods: Periods) -> list[int]:
    """Each period's rows as the figure defines them, counted together."""
    figure = FIGURES[slug]
    of = {period: figure.rows(getattr(periods, period)).order_by().values("pk") for period in PERIODS}
    counted = figure.rows(periods.to_date).order_by()
    found = counted.aggregate(
        **{period: Count("pk", filter=Q(pk__in=rows), distinct=True) for period, rows in of.items()}
    )
    return [found[period] for period in PERIODS]


def _of(slug: str, numbers: list[int], periods: Periods) -> Counts:
    doors = {period: href(slug, getattr(periods, period)) for period in PERIODS}
    to_date, of_week, before = numbers
    return Counts(FIGURES[slug], to_date, of_week, before, doors)


def _share(scope: Scope) -> Share:
    return Share(FIGURES[IN_PROVINCE].value(scope), href(IN_PROVINCE, scope))


def _running(scope: Scope, on: date) -> list[Running]:
    """The campaign asked for, or those that run today; as they stand today, like the page of a campaign."""
    campaigns = Campaign.objects.filter(pk=scope.campaign.pk) if scope.campaign else Campaign.objects.running(on)
    rows = campaigns.prefetch_related("targets__college", "targets__leaders", "report_days")
    return [_standing(campaign, replace(scope, campaign=campaign, until=None), on) for campaign in rows]


def _standing(campaign: Campaign, scope: Scope, on: date) -> Running:
    ahead = (day for day in campaign.report_days.all() if day.day >= on)
    return Running(campaign, [progress_of(target, scope) for target in campaign.targets.all()], next(ahead, None))
