"""What is half done in the sample school: a report that its leader's assistant began, on the road, and did not send."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.services import name_assistant
from demo.school.world import World
from visits.choices import VisitState
from visits.models.visits import Visit
from visits.services import drafts

MINUTES = "企业明年春季扩招，后期制作和现场统筹最缺人；愿意先接收一批实习生，十二月中旬到校面试。"
FEEDBACK = "希望学生入职前多做整片项目，少做单项练习。"


def build_assistants(world: World) -> None:
    """The officer who writes for the vice president."""
    name_assistant(world.staff["leader"], world.staff["sunlifang"], starts_on=date(world.today.year - 1, 9, 1))


def build_drafts(world: World) -> None:
    """Of the vice president's last visit: what was said, and not yet what was offered."""
    leader, writer = world.staff["leader"], world.staff["sunlifang"]
    held = Visit.objects.filter(state=VisitState.HELD, pk__in=Visit.objects.led_by(leader).values("pk"))
    visit = held.order_by("starts_on", "pk").last()
    if visit is None:
        return
    rows = {"people": 1, "outcomes": 1, "promises": 2, "intentions": 1, "follow_ups": 1}
    said = {
        **{f"{name}-TOTAL_FORMS": [str(number)] for name, number in rows.items()},
        **{f"{name}-INITIAL_FORMS": ["0"] for name in rows},
        "present": [str(person.pk) for person in visit.participants.all()],
        "topics": list(visit.topics.values_list("name", flat=True)),
        "minutes": [MINUTES],
        "feedback": [FEEDBACK],
        "promises-0-side": ["enterprise"],
        "promises-0-kind": ["internship_places"],
        "promises-0-description": ["接收后期制作实习生"],
        "promises-0-number": ["6"],
        "promises-0-unit": ["人"],
        "promises-1-side": ["school"],
        "promises-1-kind": ["other"],
        "intentions-0-kind": ["other"],
        "follow_ups-0-what": ["联系学院安排十二月面试场地"],
        "follow_ups-0-owner": [str(writer.pk)],
        "follow_ups-0-due_on": [(world.today + timedelta(days=10)).isoformat()],
    }
    drafts.save_draft(visit, said=said, revision=0, device="", by=writer, at=world.now - timedelta(minutes=35))
