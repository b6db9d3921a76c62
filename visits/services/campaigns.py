"""Campaigns with what they ask for, and the totals that sources state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import College
from core.errors import RuleBroken
from core.saving import lock, save
from events.models import Event
from visits import rules
from visits.choices import CampaignPointKind, Measure
from visits.models.campaigns import (
    Campaign,
    CampaignPoint,
    CampaignReportDay,
    CampaignTarget,
    ReportedTotal,
    Trip,
)

Points = Sequence[tuple[CampaignPointKind, str]]
COLUMNS = ("name", "theme", "document", "document_number", "class_of", "starts_on", "ends_on")


class TargetLine(NamedTuple):
    """How many of a measure are asked for, of everyone, a role, a college, or leaders who have a name together."""

    measure: Measure | str
    role: Role | str
    number: int
    college: College | None = None
    leaders: Sequence[User] = ()
    name: str = ""

    @property
    def key(self) -> TargetKey:
        return (str(self.measure), str(self.role), self.college.pk if self.college else None, self.name)


class ReportDayLine(NamedTuple):
    """A day by which figures go upwards, what is reported then, and on which day it was."""

    day: date
    name: str = ""
    reported_on: date | None = None


TargetKey = tuple[str, str, "int | None", str]
Targets = Sequence["TargetLine | tuple[Measure, Role | str, int]"]
ReportDays = Sequence[ReportDayLine]


@transaction.atomic
def open_campaign(
    *,
    name: str,
    by: User,
    at: datetime,
    points: Points = (),
    targets: Targets = (),
    report_days: ReportDays = (),
    **fields: Any,
) -> Campaign:
    """Enter a campaign with its document, dates and what it asks for. Raises ValidationError, RuleBroken."""
    rules.can_keep_campaigns(by).or_raise()
    campaign = Campaign(name=name, version=0, **{column: fields[column] for column in COLUMNS if column in fields})
    save(campaign)
    _write_points(campaign, points)
    _write_targets(campaign, targets)
    _write_report_days(campaign, report_days)
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
    report_days: ReportDays | None = None,
    version: int | None = None,
) -> Campaign:
    """Change a campaign; its targets become these, points and days of reporting too unless None. Raises StaleEdit."""
    rules.can_keep_campaigns(by).or_raise()
    campaign = lock(campaign, version=version)
    for name in COLUMNS:
        if name in fields:
            setattr(campaign, name, fields[name])
    save(campaign)
    if points is not None:
        _write_points(campaign, points)
    _write_targets(campaign, targets)
    if report_days is not None:
        _write_report_days(campaign, report_days)
    return campaign


def _write_points(campaign: Campaign, points: Points) -> None:
    wanted = [(str(kind), name) for kind, name in points]
    if sorted(wanted) == sorted(campaign.points.values_list("kind", "name")):
        return
    campaign.points.all().delete()
    CampaignPoint.objects.bulk_create(CampaignPoint(campaign=campaign, kind=kind, name=name) for kind, name in wanted)


def _write_targets(campaign: Campaign, targets: Targets) -> None:
    """Keep the rows that stay, so that the history tells of what changed only."""
    lines = [TargetLine(*target) for target in targets]
    wanted = {line.key: line for line in lines}
    if len(wanted) < len(lines):
        raise RuleBroken(
            _("A measure has one target for everyone, and one for each role, college and group of leaders.")
        )
    for target in campaign.targets.all():
        line = wanted.pop((target.measure, target.role, target.college_id, target.name), None)
        if line is None:
            target.delete()
        else:
            _set_target(target, line)
    for line in wanted.values():
        measure, role, college = str(line.measure), str(line.role), line.college
        _set_target(
            CampaignTarget(campaign=campaign, measure=measure, role=role, college=college, name=line.name), line
        )


def _set_target(target: CampaignTarget, line: TargetLine) -> None:
    """Its number and its leaders; leaders and their name come together."""
    if bool(line.leaders) != bool(line.name):
        raise RuleBroken(_("Leaders who have a target together need a name for it, and the name needs leaders."))
    if target.number != line.number:
        target.number = line.number
        target.full_clean()
        target.save()
    if {leader.pk for leader in line.leaders} != set(target.leaders.values_list("pk", flat=True)):
        target.leaders.set(line.leaders)


def _write_report_days(campaign: Campaign, days: ReportDays) -> None:
    """Days stay by their date; what is reported and when it was may change."""
    wanted = {line.day: line for line in days}
    if len(wanted) < len(days):
        raise RuleBroken(_("Each day of reporting stands once."))
    for line in days:
        first, last = campaign.starts_on, campaign.ends_on
        if (first and line.day < first) or (last and line.day > last):
            raise RuleBroken(_("A day of reporting lies within the campaign."))
    for report_day in campaign.report_days.all():
        line_of_day = wanted.pop(report_day.day, None)
        if line_of_day is None:
            report_day.delete()
        elif (report_day.name, report_day.reported_on) != line_of_day[1:]:
            report_day.name, report_day.reported_on = line_of_day[1:]
            report_day.save(update_fields=["name", "reported_on"])
    CampaignReportDay.objects.bulk_create(
        CampaignReportDay(campaign=campaign, **line._asdict()) for line in wanted.values()
    )


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
