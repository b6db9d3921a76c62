"""The appointments that people of the sample school found in their mail a few days ago."""

from __future__ import annotations

from calendars.selectors.invitations import guests, with_invitations
from calendars.services.invitations import invite_guests, send_invitations
from demo.school.world import World
from visits.choices import VisitState
from visits.models.visits import Visit
from visits.services.briefing import write_questions

SENT_BEFORE = 5  # workdays
QUESTIONS = "首批实习生由谁带教？\n能否接收两名教师到岗实践？\n明年秋招何时进校？"


def build_invitations(world: World) -> None:
    """Of every visit ahead; the hosts who confirmed one are asked too, and its leader wrote down what to ask."""
    at = world.at(world.workday(-SENT_BEFORE), 9)
    confirmed = with_invitations(Visit.objects.filter(state=VisitState.CONFIRMED)).order_by("starts_on", "pk").first()
    if confirmed is not None:
        invite_guests(confirmed, guests(confirmed), by=world.officer)
        write_questions(confirmed, version=None, questions=QUESTIONS, by=world.officer, at=at)
    send_invitations(now=at)
