"""What the sample school keeps of its figures, and what the year is to bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from demo.school.world import World
from reports.choices import SnapshotReason
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.services.snapshots import Taking, keep
from reports.services.targets import set_target
from visits.models.campaigns import Campaign

SHOWN = (
    "visits", "enterprises-visited", "new-enterprises", "person-times", "openings", "agreements-in-force",
    "agreements-signed", "promises-kept", "postings-open", "enterprises", "needs-open", "follow-ups-open",
)  # fmt: skip
# Their rows hang on visits, which say on which day they took place.
DATED = ("visits", "enterprises-visited", "new-enterprises", "person-times", "openings")
WEEKS = 16
NIGHT = time(3)
TARGETS = {"agreements-in-force": 20, "enterprises": 80, "visits": 60}


def keep_figures(world: World) -> None:
    """The figures that leadership looks at, as they stand on the day of the sample school."""
    taking = Taking(world.now, SnapshotReason.NIGHTLY)
    for campaign in (None, *Campaign.objects.running(world.today)):
        for slug in SHOWN:
            if campaign is None or FIGURES[slug].is_of_campaign:
                keep(FIGURES[slug], Scope(campaign, world.today, None), taking)


def keep_past_figures(world: World) -> None:
    """How some of them stood in the nights to the last Mondays, so that their trend can be seen."""
    monday = world.today - timedelta(days=world.today.weekday())
    for weeks in range(WEEKS, -1, -1):
        night = monday - timedelta(weeks=weeks)
        taking = Taking(timezone.make_aware(datetime.combine(night, NIGHT)), SnapshotReason.NIGHTLY)
        if night < world.today:
            _keep_past(taking, night - timedelta(days=1))


def _keep_past(taking: Taking, last: date) -> None:
    """`last` is the last day that had passed by that night."""
    for campaign in (None, *Campaign.objects.running(last)):
        scope = Scope(campaign, last, None)
        for figure in (FIGURES[slug] for slug in DATED):
            if campaign is None or figure.is_of_campaign:
                keep(figure, scope, taking, counted=figure.fitting(replace(scope, until=last)))


def aim(world: World) -> None:
    """Targets of the calendar year, as the office sets them in spring."""
    year = world.today.year
    for slug, number in TARGETS.items():
        set_target(
            FIGURES[slug], number=number, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), college=None,
            note="年度校企合作工作要点", by=world.officer, at=world.now,
        )  # fmt: skip
