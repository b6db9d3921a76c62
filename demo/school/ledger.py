"""What the sample school has reported to the national platform, and what is still missing."""

from __future__ import annotations

from datetime import datetime

from demo.school.world import World
from ledger.services.codes import ResultLine, keep_codes
from ledger.services.mending import complete_visit
from ledger.services.platform import make_file, mark_sent
from visits.choices import TOOK_PLACE, Direction
from visits.models.visits import ResultForm, Visit

SCHOOL_CODE = "4151099999"  # of no school
LEVELS = {"diploma": "2", "bachelor": "3"}
# Made up: the platform's own dictionary is entered by the office that sees it.
RESULTS = (
    ("01", "签订合作协议", "Agreement signed"),
    ("02", "达成合作意向", "Intention to cooperate"),
    ("03", "提供就业岗位", "Posts offered"),
    ("04", "提供实习岗位", "Internships offered"),
    ("05", "建立定期交流机制", "Regular exchange"),
)


def build_ledger(world: World) -> None:
    """The codes of the platform, a form of result for most visits, and one file that the platform accepted."""
    keep_codes(
        by=world.officer,
        school_code=SCHOOL_CODE,
        levels=LEVELS,
        results=[ResultLine(code, zh, en) for code, zh, en in RESULTS],
    )
    forms = list(ResultForm.objects.order_by("code"))
    visits = list(Visit.objects.filter(state__in=TOOK_PLACE).order_by("starts_on", "pk"))
    for place, visit in enumerate(visits):
        if place % 7:
            form = forms[place % len(forms) if visit.direction == Direction.OUTGOING else 4]
            complete_visit(visit, result_form=form, by=world.officer, at=world.at(world.workday(-4)))
    _report_upwards(world, visits, at=world.at(world.workday(-3)))


def _report_upwards(world: World, visits: list[Visit], *, at: datetime) -> None:
    """The older half went to the platform and was accepted; one of its rows was refused."""
    file = make_file([visit.pk for visit in visits[: len(visits) // 2]], complete_only=False, by=world.officer, at=at)
    first = file.rows.select_related("record").first()
    refused = [first.record.record_id] if first else []
    mark_sent(file, refused=refused, reason="需求专业代码不在当年目录中", by=world.officer, at=at)
