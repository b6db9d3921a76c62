"""Reports of several kinds that the office and leadership had built, and two that are due by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models.people import User
from demo.school.world import World
from reports.building import build_report
from reports.choices import Cadence
from reports.kinds.catalogue import KINDS
from reports.services.requests import cancel_report, request_report
from reports.services.schedules import add_schedule
from visits.models.campaigns import Campaign, Trip

CHINESE = "zh-hans"


def build_reports(world: World) -> None:
    campaign = Campaign.objects.running(world.today).order_by("pk").first()
    trip = Trip.objects.standing().filter(ends_on__lt=world.today, visits__isnull=False).order_by("-ends_on").first()
    asked: list[tuple[str, User, dict[str, Any]]] = [
        ("weekly-figures", world.officer, {}),
        ("agreement-register", world.officer, {"stage": "in_force"}),
        ("yearly-report", world.leader, {"period": "school"}),
        ("cooperation-table", world.officer, {"agreement": "in_force"}),
        ("enterprise-files", world.officer, {"level": "strategic"}),
    ]
    asked += [("campaign-summary", world.officer, {"campaign": campaign.pk})] if campaign else []
    asked += [("trip-report", world.leader, {"trip": trip.pk})] if trip else []
    for days, (slug, by, parameters) in enumerate(reversed(asked), start=1):
        at = world.now - timedelta(days=len(asked) - days, hours=2)
        build = request_report(KINDS[slug], parameters, by=by, at=at, language=CHINESE)
        build_report(build.pk, now=at + timedelta(seconds=20))
    given_up = request_report(KINDS["yearly-report"], {"period": "year"}, by=world.officer, at=world.now, language="en")
    cancel_report(given_up, by=world.officer, at=world.now)
    _schedule(world)


def _schedule(world: World) -> None:
    """The office sends the week to leadership on Mondays; a leader reads the year on the first of each month."""
    mondays = {"cadence": Cadence.WEEKLY, "weekday": 0, "month_day": 1, "hour": 8}
    months = {"cadence": Cadence.MONTHLY, "weekday": 0, "month_day": 1, "hour": 7}
    readers = [world.officer, world.leader]
    add_schedule(KINDS["weekly-figures"], {}, when=mondays, readers=readers, by=world.officer, at=world.now)
    add_schedule(KINDS["yearly-report"], {"period": "school"}, when=months, readers=[], by=world.leader, at=world.now)
