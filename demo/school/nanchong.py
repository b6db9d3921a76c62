"""The published facts of the school that the sample school stands for."""

from __future__ import annotations

from datetime import date

from demo import stories
from demo.school.world import World
from demo.story_loaders import communities, trip
from demo.story_loaders.telling import Teller

CAMPAIGN_DAYS = (date(2025, 3, 1), date(2025, 8, 31))  # ours: the account gives no days


def build_nanchong(world: World) -> None:
    """The trip to Anhui and Jiangsu and the two communities, told before the made-up year."""
    told_on = world.at(max(date(2025, 11, 3), world.day(-380)))
    teller = Teller(by=world.officer, at=told_on)
    trip.load(stories.read("nanchong-trip"), teller, between=CAMPAIGN_DAYS)
    communities.load(stories.read("nanchong-communities"), teller)
