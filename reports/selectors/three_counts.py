"""Visits, person-times and distinct enterprises: three counts side by side, never mixed, and how they fall apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from partnerships.choices.agreements import Side
from reports.figures.catalogue import FIGURES, THREE
from reports.figures.of_visits import visits_in
from reports.figures.scope import Scope
from reports.selectors.doors import href
from reports.selectors.progress import Progress, overall, progress_of, targets_of
from reports.selectors.tiles import Tile, tiles
from visits.choices import Direction, Medium
from visits.models.campaigns import Campaign
from visits.models.visits import Participant, VisitQuerySet

HEADS = 3
KINDS = tuple(product((*Direction.values, ""), (*Medium.values, "")))
NAMES = {"visits": "visits", "person-times": "people", "enterprises-visited": "enterprises"}


@dataclass(frozen=True)
class Head:
    """The three counts of a campaign or of the whole school, with the targets that no tile shows."""

    campaign: Campaign | None
    tiles: list[Tile]
    targets: list[Progress]
    everyone: dict[str, int]


@dataclass(frozen=True)
class Door:
    """A number and the rows behind it."""

    label: str
    number: int
    href: str


@dataclass(frozen=True)
class Kind:
    """One direction and medium, or all of either, with its three counts."""

    label: str
    doors: list[Door]
    is_total: bool


def heads(scope: Scope, running: Iterable[Campaign]) -> list[Head]:
    """That of the scope first, then the other campaigns that run; at most three, each with its own queries."""
    others = [campaign for campaign in running if campaign != scope.campaign]
    return [head(scope), *(head(replace(scope, campaign=campaign)) for campaign in others[: HEADS - 1])]


def head(scope: Scope) -> Head:
    targets = targets_of(scope.campaign)
    everyone = overall(targets)
    shown = tiles(scope, THREE, everyone)
    on_tiles = {tile.figure.measure for tile in shown}
    lines = [target for target in targets if not (target.is_of_everyone and target.measure in on_tiles)]
    return Head(scope.campaign, shown, [progress_of(target, scope) for target in lines], everyone)


def with_person_times(visits: VisitQuerySet) -> VisitQuerySet:
    """How many people of the school were present at each visit: the rows of visits.counting.person_times."""
    present = Participant.objects.filter(visit=OuterRef("pk"), side=Side.SCHOOL, was_present=True)
    number = present.order_by().values("visit").annotate(number=Count("pk")).values("number")
    return visits.annotate(present=Coalesce(Subquery(number), 0, output_field=IntegerField()))


def three_sums(name: str, found: Q | None = None) -> dict[str, Any]:
    """The aggregates of the three counts, over visits with their person-times; `found` narrows them."""
    return {
        f"{name}_visits": Count("pk", filter=found),
        f"{name}_people": Coalesce(Sum("present", filter=found), 0),
        f"{name}_enterprises": Count("enterprise", filter=found, distinct=True),
    }


def kinds(scope: Scope) -> list[Kind]:
    """Direction by medium, with the sums of both; an enterprise seen in two ways counts once in the sum. One query."""
    sums: dict[str, Any] = {}
    for direction, medium in KINDS:
        asked = {"direction": direction, "medium": medium}
        sums |= three_sums(_key(direction, medium), Q(**{name: value for name, value in asked.items() if value}))
    found = with_person_times(visits_in(scope)).order_by().aggregate(**sums)
    for slug, name in NAMES.items():
        FIGURES[slug].remember(scope, found[f"all_all_{name}"])
    return [_kind(scope, direction, medium, found) for direction, medium in KINDS]


def _key(direction: str, medium: str) -> str:
    return f"{direction or 'all'}_{medium or 'all'}"


def _kind(scope: Scope, direction: str, medium: str, found: dict[str, int]) -> Kind:
    of = replace(scope, direction=direction, medium=medium)
    label = _("%(direction)s, %(medium)s") % {
        "direction": Direction(direction).label if direction else _("Both directions"),
        "medium": Medium(medium).label if medium else _("both media"),
    }
    doors = [
        Door(str(FIGURES[slug].name), found[f"{_key(direction, medium)}_{name}"], href(slug, of))
        for slug, name in NAMES.items()
    ]
    return Kind(label, doors, is_total=not (direction and medium))
