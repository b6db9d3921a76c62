"""What happened to reports of the sample school after they were sent: returned, corrected, and what came of them."""

from __future__ import annotations

from demo.school.world import World
from placements.choices import ApplicationState
from placements.models.postings import Posting
from visits.models.results import FollowUp
from visits.models.visits import Visit
from visits.services import amending, checking, follow_ups
from visits.services.amending import Correction
from visits.services.came_of_it import say_it_came
from visits.services.report_rows import OutcomeRow

RETURNED, ANSWERED, AMENDED, CLIMBED = "青盏美术", "西溪风物", "太湖湾影视", "淀湖精密"
MORE_POSTS = 3


def build_after_visits(world: World) -> None:
    """One report waits for its answer, one was put right, one was changed after the check; some tasks are very late."""
    _return(world)
    _put_right(world)
    _amend(world)
    _be_late(world)
    _link_hires(world)


def _visit(world: World, partner: str) -> Visit:
    return Visit.objects.took_place().filter(enterprise=world.partner(partner).record).order_by("pk")[0]


def _return(world: World) -> None:
    checking.return_report(
        _visit(world, RETURNED),
        remark="请补签到表；动画专业的岗位数请与企业再核对一次。",
        by=world.staff["sunlifang"],
        at=world.at(world.workday(-3), 15),
    )


def _put_right(world: World) -> None:
    visit = _visit(world, ANSWERED)
    by = visit.reported_by or world.officer
    checking.return_report(
        visit, remark="纪要请写明企业对课程的意见。", by=world.staff["sunlifang"], at=world.at(world.workday(-2), 10)
    )
    visit.refresh_from_db()
    said = Correction(columns={"feedback": "希望增加项目管理与版权常识课程，实习期不少于四个月。"})
    at = world.at(world.workday(-1), 9)
    amending.correct_report(visit, said, version=visit.version, answer="已补充企业意见。", by=by, at=at)


def _amend(world: World) -> None:
    visit = _visit(world, AMENDED)
    names = ("average_pay", "graduates", "post_pay", "internships", "internship_pay")
    rows = [
        OutcomeRow(row.pk, row.major, posts=row.posts, **{name: getattr(row, name) for name in names})
        for row in visit.outcomes.select_related("major")
    ]
    first = rows[0]
    rows[0] = OutcomeRow(**{**vars(first), "posts": first.posts + MORE_POSTS})
    amending.correct_report(
        visit,
        Correction(columns={}, outcomes=rows),
        version=visit.version,
        reason="企业来函更正：该专业增加3个岗位。",
        by=world.officer,
        at=world.at(world.workday(-5), 11),
    )


def _be_late(world: World) -> None:
    visit = _visit(world, CLIMBED)
    owners = (world.staff["college"], world.staff["luojianping"])
    tasks = (("寄送毕业生推荐表", -12), ("落实来校宣讲日期", -9))
    for owner, (what, due) in zip(owners, tasks, strict=True):
        at = world.at(world.workday(-17), 14)
        follow_ups.add_follow_up(visit, what=what, owner=owner, due_on=world.day(due), by=world.officer, at=at)
    handed_on = FollowUp.objects.get(visit=visit, what=tasks[1][0])
    follow_ups.change_follow_up(
        handed_on,
        version=handed_on.version,
        what=handed_on.what,
        owner=world.staff["sunlifang"],
        due_on=handed_on.due_on,
        word="罗处长出差，由孙丽芳联系。",
        by=world.officer,
        at=world.at(world.workday(-12), 9),
    )


def _link_hires(world: World) -> None:
    """Postings in which students were taken, at enterprises that were visited: they came of the visit."""
    taken = Posting.objects.filter(applications__state=ApplicationState.ACCEPTED, visits=None).distinct()
    for posting in taken.order_by("pk"):
        before = Visit.objects.took_place().filter(
            enterprise=posting.enterprise_id, starts_on__lte=posting.published_at
        )
        visit = before.first()
        if visit is not None:
            say_it_came(visit, posting, by=world.officer, at=world.at(world.day(-1), 16))
