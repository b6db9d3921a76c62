"""A campaign, or all years: its three counts, what they fall into, where it went, and what is signed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dashboards.board import Board, Content, part
from dashboards.pieces import ending, months, provinces, tile_door
from partnerships.choices.agreements import AgreementStage
from reports.figures.catalogue import FIGURES, TILES
from reports.figures.figure import visible
from reports.figures.scope import Scope
from reports.selectors.doors import href
from reports.selectors.progress import Progress
from reports.selectors.three_counts import Head, Kind, heads, kinds
from reports.selectors.tiles import tiles
from visits.choices import VisitState
from visits.models.campaigns import Campaign
from visits.models.visits import Visit

TODAY = 6


def count(scope: Scope) -> Content:
    """The campaign chosen stands first; beside it others that run, for a page on which none was asked for."""
    by_kind = kinds(scope)  # first: its sums are the three counts
    shown = heads(scope, Campaign.objects.running(scope.on))
    return {
        "heads": [_head(head) for head in shown],
        "tiles": [tile_door(tile) for tile in tiles(scope, TILES, shown[0].everyone)],
        "kinds": [_kind(kind) for kind in by_kind],
        "provinces": provinces("enterprises-visited", scope),
        "months": months("visits", scope),
        "stages": _stages(scope),
        "ending": ending(scope),
    }


def asked_each_time(scope: Scope) -> dict[str, Any]:
    """What is on today, whoever goes; and every figure with its definition."""
    today = visible(Visit.objects.with_people(), scope).filter(starts_on=scope.on).exclude(state=VisitState.CANCELLED)
    visits = today.select_related("enterprise").order_by("starts_at_time", "pk")[:TODAY]
    return {"visits": list(visits), "figures": FIGURES.values()}


def _head(head: Head) -> Content:
    return {
        "campaign": str(head.campaign or ""),
        "number": head.campaign.pk if head.campaign else None,
        "tiles": [tile_door(tile) for tile in head.tiles],
        "targets": [_target(line) for line in head.targets],
    }


def _target(line: Progress) -> Content:
    return part(
        line.target.get_measure_display(), line.value.number, line.href,
        shown=line.value.shown, of_whom=line.of_whom, target=line.target.number, reached=line.reached,
    )  # fmt: skip


def _kind(kind: Kind) -> Content:
    doors = [part(found.label, found.number, found.href) for found in kind.doors]
    return {"label": kind.label, "is_total": kind.is_total, "doors": doors}


def _stages(scope: Scope) -> list[Content]:
    """Agreements by state, in the order of their life; one query."""
    found = FIGURES["agreements-by-state"].counts_by("stage", scope)
    return [
        part(stage.label, found[stage], href("agreements-by-state", scope, part=stage.value), code=stage.value)
        for stage in AgreementStage
        if stage in found
    ]


BOARD = Board(
    "campaign",
    _("Campaigns and all figures"),
    _("Counts and targets of a campaign; all figures."),
    "flag",
    count,
    choices=("campaign",),
    asked_each_time=asked_each_time,
)
