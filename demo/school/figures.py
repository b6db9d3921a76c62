"""What the sample school keeps of its figures, and what the year is to bring."""

from __future__ import annotations

from datetime import date

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
TARGETS = {"agreements-in-force": 20, "enterprises": 80, "visits": 60}


def keep_figures(world: World) -> None:
    """The figures that leadership looks at, as they stand on the day of the sample school."""
    taking = Taking(world.now, SnapshotReason.NIGHTLY)
    for campaign in (None, *Campaign.objects.running(world.today)):
        for slug in SHOWN:
            if campaign is None or FIGURES[slug].is_of_campaign:
                keep(FIGURES[slug], Scope(campaign, world.today, None), taking)


def aim(world: World) -> None:
    """Targets of the calendar year, as the office sets them in spring."""
    year = world.today.year
    for slug, number in TARGETS.items():
        set_target(
            FIGURES[slug], number=number, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), college=None,
            note="年度校企合作工作要点", by=world.officer, at=world.now,
        )  # fmt: skip
