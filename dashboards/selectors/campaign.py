"""The dashboard: three counts, tiles, agreements by state, map of tiles and months, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models.people import User
from partnerships.choices.agreements import AgreementStage
from partnerships.models.agreements import Agreement
from partnerships.selectors.provinces import ProvinceTile, province_tiles
from reports.figures.catalogue import FIGURES, FOUR, TILES
from reports.figures.scope import Scope
from reports.figures.splits import SPLITS, month_name
from reports.selectors.doors import href
from reports.selectors.progress import overall, targets_of
from reports.selectors.three_counts import Head, Kind, heads, kinds
from reports.selectors.tiles import Tile, tiles
from visits.choices import VisitState
from visits.models.campaigns import Campaign
from visits.models.visits import Visit

ROWS = 6
MONTHS = 24


@dataclass(frozen=True)
class Part:
    """One line of a figure that is counted by parts."""

    code: str
    label: str
    number: int
    href: str


@dataclass(frozen=True)
class Dashboard:
    heads: list[Head]
    kinds: list[Kind]
    tiles: list[Tile]
    stages: list[Part]
    expiring: list[Agreement]
    provinces: list[ProvinceTile]
    months: list[Part]
    visits: list[Visit]

    @property
    def busiest(self) -> int:
        return max((month.number for month in self.months), default=0)


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
    return tiles(scope, FOUR, overall(targets_of(scope.campaign)))


def dashboard(scope: Scope, user: User, *, running: Iterable[Campaign] = ()) -> Dashboard:
    """Everything on the page, in 19 queries, for each campaign that runs up to 6, and one or two for each target."""
    by_kind = kinds(scope)  # first: its sums are the three counts
    shown = heads(scope, running)
    return Dashboard(
        heads=shown,
        kinds=by_kind,
        tiles=tiles(scope, TILES, shown[0].everyone),
        stages=stages(scope),
        expiring=list(FIGURES["agreements-expiring"].page_rows(scope)[:ROWS]),
        provinces=provinces(scope),
        months=months(scope),
        visits=_today(user, on=scope.on),
    )


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
    split = SPLITS["month"]
    found = FIGURES["visits"].parts(scope, split.slug)
    dated = sorted((month, value) for month, value in found.items() if month)
    return [
        Part(f"{month:%Y-%m}", month_name(month), value.number, href("visits", split.part_of(scope, month)))
        for month, value in dated[-MONTHS:]
    ]


def _today(user: User, *, on: date) -> list[Visit]:
    """What is on today, whoever goes."""
    today = Visit.objects.visible_to(user).filter(starts_on=on).exclude(state=VisitState.CANCELLED)
    return list(today.select_related("enterprise").with_people().order_by("starts_at_time", "pk")[:ROWS])
