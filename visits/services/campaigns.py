"""Campaigns with what they ask for, and the totals that sources state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from placements.models import Event
from visits import rules
from visits.choices import CampaignPointKind, Measure
from visits.models.campaigns import Campaign, CampaignPoint, CampaignTarget, ReportedTotal, Trip

Points = Sequence[tuple[CampaignPointKind, str]]
Targets = Sequence[tuple[Measure, "Role | str", int]]
COLUMNS = ("name", "document", "class_of", "starts_on", "ends_on")


@transaction.atomic
def open_campaign(
    *,
    name: str,
    by: User,
    at: datetime,
    document: str = "",
    class_of: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    points: Points = (),
    targets: Targets = (),
) -> Campaign:
    """Enter a campaign; a target is a measure, a role ("" for everyone) and a number. Raises ValidationError."""
    rules.can_keep_campaigns(by).or_raise()
    campaign = Campaign(
        name=name, document=document, class_of=class_of, starts_on=starts_on, ends_on=ends_on, version=0
    )
    save(campaign)
    _write_points(campaign, points)
    _write_targets(campaign, targets)
    return campaign


@transaction.atomic
def change_campaign(
    campaign: Campaign,
    *,
    fields: dict[str, Any],
    targets: Targets,
    by: User,
    at: datetime,
    points: Points | None = None,
    version: int | None = None,
) -> Campaign:
    """Change a campaign; its targets become these, its points too unless None. Raises StaleEdit."""
    rules.can_keep_campaigns(by).or_raise()
    campaign = lock(campaign, version=version)
    for name in COLUMNS:
        if name in fields:
            setattr(campaign, name, fields[name])
    save(campaign)
    if points is not None:
        _write_points(campaign, points)
    _write_targets(campaign, targets)
    return campaign


def _write_points(campaign: Campaign, points: Points) -> None:
    wanted = [(str(kind), name) for kind, name in points]
    if sorted(wanted) == sorted(campaign.points.values_list("kind", "name")):
        return
    campaign.points.all().delete()
    CampaignPoint.objects.bulk_create(CampaignPoint(campaign=campaign, kind=kind, name=name) for kind, name in wanted)


def _write_targets(campaign: Campaign, targets: Targets) -> None:
    """Keep the rows that stay, so that the history tells of changed numbers only."""
    wanted = {(str(measure), str(role)): number for measure, role, number in targets}
    if len(wanted) < len(targets):
        raise RuleBroken(_("Each measure has one target for everyone and one for each role."))
    for target in campaign.targets.all():
        number = wanted.pop((target.measure, target.role), None)
        if number is None:
            target.delete()
        elif number != target.number:
            target.number = number
            target.save(update_fields=["number"])
    for (measure, role), number in wanted.items():
        CampaignTarget.objects.create(campaign=campaign, measure=measure, role=role, number=number)


@transaction.atomic
def add_event(campaign: Campaign, event: Event, *, by: User) -> Campaign:
    """Say that an event belongs to a campaign; saying it twice changes nothing."""
    rules.can_keep_campaigns(by).or_raise()
    campaign.events.add(event)
    return campaign


@transaction.atomic
def report_total(
    *,
    measure: Measure,
    number: int,
    by: User,
    campaign: Campaign | None = None,
    trip: Trip | None = None,
    is_minimum: bool = False,
    reported_on: date | None = None,
    source: str = "",
) -> ReportedTotal:
    """Write down a total that a source states for a campaign or a trip; it is shown beside the rows, never added."""
    rules.can_keep_campaigns(by).or_raise()
    if (campaign is None) == (trip is None):
        raise RuleBroken(_("A total belongs to a campaign or to a trip."))
    total = ReportedTotal(
        campaign=campaign,
        trip=trip,
        measure=measure,
        number=number,
        is_minimum=is_minimum,
        reported_on=reported_on,
        source=source,
    )
    total.full_clean()
    total.save()
    return total
