"""Interview hours of a few postings, some of them booked, and what staff noted about applicants."""

from __future__ import annotations

from datetime import timedelta

from demo.school.world import World
from placements.choices import STANDING, ApplicationState
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.services.interviews import book_hour, offer_hours
from placements.services.notes import write_note

POSTINGS = 4
NOTES = ("作品集完整，调色思路清晰。", "电话沟通过，可到岗时间已确认。", "建议优先面试，辅导员推荐。")


def build_interviews(world: World) -> None:
    """Six hours on a morning ahead for each posting with invited students; every second student has booked."""
    invited = Application.objects.filter(state=ApplicationState.INTERVIEW)
    postings = Posting.objects.filter(pk__in=invited.values("posting"), state__in=STANDING)
    for number, posting in enumerate(postings.order_by("pk")[:POSTINGS]):
        starts = world.hour(world.workday(3 + number), 9)
        slots = offer_hours(
            posting, starts_at=starts, ends_at=starts + timedelta(hours=3), minutes=30, place="就业中心面试室 2",
            by=world.officer, at=world.now,
        )  # fmt: skip
        rows = invited.filter(posting=posting).select_related("student").order_by("pk")
        for place, application in enumerate(rows[: len(slots)]):
            write_note(application, text=NOTES[place % len(NOTES)], by=world.officer, at=world.now)
            if place % 2 == 0:
                book_hour(application, slots[place], by=application.student, at=world.now)
