"""What the weekly figures of the sample school need beside its visits: whose visits they were, and last week's mail."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models.school import College
from demo.school.world import World
from notifications.services.reminding import queue_reminders
from visits.models.visits import Visit


def build_weekly_figures(world: World) -> None:
    """A visit belongs to the colleges of the majors that were asked for; every third to nobody in particular."""
    unclaimed = Visit.objects.filter(colleges=None, outcomes__isnull=False).distinct().order_by("pk")
    for place, visit in enumerate(unclaimed):
        if place % 3 < 2:
            visit.colleges.set(College.objects.filter(majors__outcomes__visit=visit).distinct())
    monday = world.today - timedelta(days=world.today.weekday())
    sent = timezone.make_aware(datetime.combine(monday, time(9)))
    queue_reminders(now=min(sent, world.now), of=["reports.weekly"])
