"""The two actions that run: the school's leadership, and the colleges."""

from __future__ import annotations

from datetime import date

from demo.school.world import World
from demo.words.campaigns import CAMPAIGNS
from visits.services import campaigns


def build_campaigns(world: World) -> None:
    """Both run through the school year of the class that graduates next."""
    year = world.graduating
    starts = date(year - 1, 9, 1)
    for words in CAMPAIGNS:
        world.campaigns.append(
            campaigns.open_campaign(
                name=words.name.format(year=year),
                document=words.document.format(year=year, issued=year - 1),
                class_of=year,
                starts_on=starts,
                ends_on=date(year, 8, 31),
                points=words.points,
                targets=words.targets,
                by=world.officer,
                at=world.at(starts),
            )
        )
