"""The dashboard: tiles, targets, agreements by state, the map of tiles and the months, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models.people import User
from partnerships.choices.agreements import AgreementStage
from partnerships.models.agreements import Agreement
from partnerships.selectors.provinces import ProvinceTile, province_tiles
from reports.figures.catalogue import FIGURES, FOUR, TILES
from reports.figures.figure import Figure, Scope, Value
from reports.figures.visits import month_name
from visits.choices import VisitState
from visits.models.campaigns import Campaign, CampaignTarget
from visits.models.visits import Visit

ROWS = 6
MONTHS = 24
BY_MEASURE = {figure.measure.value: figure for figure in FIGURES.values() if figure.measure}


@dataclass(frozen=True)
class Tile:
    """One figure as it is shown: number, what it is of, the target, and the page behind it."""

    figure: Figure
    value: Value
    href: str
    target: int | None = None


@dataclass(frozen=True)
class Progress:
    """How far one target of a campaign is reached."""

    target: CampaignTarget
    figure: Figure
    value: Value
    href: str

    @property
    def reached(self) -> int:
        """For the bar, which ends at the target."""
        return min(self.value.number, self.target.number)


@dataclass(frozen=True)
class Part:
    """One line of a figure that is counted by parts."""

    code: str
    label: str
    number: int
    href: str


@dataclass(frozen=True)
class Dashboard:
    tiles: list[Tile]
    targets: list[Progress]
    stages: list[Part]
    expiring: list[Agreement]
    provinces: list[ProvinceTile]
    months: list[Part]
    visits: list[Visit]

    @property
    def busiest(self) -> int:
        return max((month.number for month in self.months), default=0)


def href(slug: str, scope: Scope, **narrowing: str) -> str:
    """The page behind a figure, for the same campaign."""
    campaign = {"campaign": str(scope.campaign.pk)} if scope.campaign else {}
    query = urlencode({**campaign, **narrowing})
    return reverse("reports:figure", args=[slug]) + (f"?{query}" if query else "")


def campaigns(user: User) -> list[Campaign]:
    """The campaigns to choose from, newest first; one query."""
    return list(Campaign.objects.visible_to(user))


def chosen(choices: list[Campaign], wanted: str, *, on: date) -> Campaign | None:
    """The campaign asked for; without a wish the first that runs; None for `all` or where there is none."""
    if wanted:
        return next((campaign for campaign in choices if str(campaign.pk) == wanted), None)
    return next((campaign for campaign in choices if runs(campaign, on)), None)


def runs(campaign: Campaign, on: date) -> bool:
    """See also CampaignQuerySet.running."""
    begun = campaign.starts_on is None or campaign.starts_on <= on
    return begun and (campaign.ends_on is None or campaign.ends_on >= on)


def four_figures(user: User, *, on: date) -> list[Tile]:
    """The four figures of a leader's first page, for the campaign that runs."""
    scope = Scope(chosen(campaigns(user), "", on=on), on, user)
    return tiles(scope, FOUR, _overall(_targets(scope.campaign)))


def dashboard(scope: Scope, user: User) -> Dashboard:
    """Everything on the page, in 22 queries and one for each target that is set for a role."""
    targets = _targets(scope.campaign)
    by_province, by_month = provinces(scope), months(scope)  # first: their sums are two of the tiles
    return Dashboard(
        tiles=tiles(scope, TILES, _overall(targets)),
        targets=[_progress(target, scope) for target in targets],
        stages=stages(scope),
        expiring=list(FIGURES["agreements-expiring"].page_rows(scope)[:ROWS]),
        provinces=by_province,
        months=by_month,
        visits=_today(user, on=scope.on),
    )


def tiles(scope: Scope, slugs: tuple[str, ...], targets: dict[str, int]) -> list[Tile]:
    """A target that is set for everyone stands on the tile; those of roles have lines of their own."""
    found = [FIGURES[slug] for slug in slugs]
    return [
        Tile(figure, figure.value(scope), href(figure.slug, scope), targets.get(figure.measure or ""))
        for figure in found
    ]


def stages(scope: Scope) -> list[Part]:
    """Agreements by state, in the order of their life; one query."""
    found = FIGURES["agreements-by-state"].counts_by("stage", scope)
    return [
        Part(stage.value, str(stage.label), found[stage], href("agreements-by-state", scope, part=stage.value))
        for stage in AgreementStage
        if stage in found
    ]


def provinces(scope: Scope) -> list[ProvinceTile]:
    """Every province with the number of enterprises visited there; two queries."""
    found = FIGURES["enterprises-visited"].counts_by("province__code", scope)
    return province_tiles(found, lambda code: href("enterprises-visited", scope, province=code[:2]))


def months(scope: Scope) -> list[Part]:
    """Visits by month, the latest 24 with any; visits without a date are in no month. One query."""
    found = FIGURES["visits"].counts_by("month", scope)
    dated = sorted((month, number) for month, number in found.items() if month)
    return [
        Part(month, month_name(month), number, href("visits", scope, part=month)) for month, number in dated[-MONTHS:]
    ]


def target_lines(figure: Figure, scope: Scope) -> list[Progress]:
    """The targets of one figure, for its own page."""
    return [_progress(target, scope) for target in _targets(scope.campaign) if target.measure == figure.measure]


def _targets(campaign: Campaign | None) -> list[CampaignTarget]:
    return list(campaign.targets.all()) if campaign else []


def _overall(targets: list[CampaignTarget]) -> dict[str, int]:
    return {target.measure: target.number for target in targets if target.is_of_everyone}


def _progress(target: CampaignTarget, scope: Scope) -> Progress:
    figure = BY_MEASURE[target.measure]
    narrowing: dict[str, Any] = {"led_by": target.role} if target.role else {}
    counted = replace(scope, **narrowing) if target.role else scope
    return Progress(target, figure, figure.value(counted), href(figure.slug, scope, **narrowing))


def _today(user: User, *, on: date) -> list[Visit]:
    """What is on today, whoever goes."""
    today = Visit.objects.visible_to(user).filter(starts_on=on).exclude(state=VisitState.CANCELLED)
    return list(today.select_related("enterprise").with_people().order_by("starts_at_time", "pk")[:ROWS])
