"""The visits of the sample school: planned, held, reported, checked, called off."""

from __future__ import annotations

from datetime import time

from accounts.models.people import User
from demo.school.visit_plans import PLANS, Plan
from demo.school.visit_reports import report
from demo.school.world import Partner, World
from demo.words import visit_words as words
from visits.choices import Direction, EvidenceKind, Medium, VisitState
from visits.models.visits import Visit
from visits.services import checking, planning, reporting

TIMES = (time(9, 30), time(10, 0), time(14, 30), time(15, 0))
PLANNED_AHEAD = 9


def build_visits(world: World) -> None:
    """Oldest first, as they were planned."""
    for place, plan in enumerate(sorted(PLANS, key=lambda plan: plan.days)):
        visit = _plan(world, plan, place)
        if plan.state == VisitState.CANCELLED:
            _call_off(world, visit, plan, place)
        elif plan.state == VisitState.CONFIRMED:
            _confirm(world, visit, plan)
        elif plan.state != VisitState.PLANNED:
            _carry_out(world, visit, plan, place)


def _plan(world: World, plan: Plan, place: int) -> Visit:
    partner, leader = world.partner(plan.partner), world.staff[plan.leader]
    class_of = world.graduating
    return planning.plan_visit(
        partner.record,
        by=world.officer if place % 3 else leader if leader.college_ids else world.officer,
        at=world.at(world.workday(min(plan.days, 0) - PLANNED_AHEAD)),
        starts_on=world.workday(plan.days),
        starts_at_time=TIMES[place % len(TIMES)],
        leader=leader,
        companions=_companions(world, leader, place),
        guests=partner.contacts[:2],
        campaigns=[world.campaigns[index] for index in plan.campaigns],
        direction=plan.direction,
        medium=plan.medium,
        place=_place(world, plan, partner),
        goal=words.GOALS[partner.words.line],
        topics=[
            topic.format(class_of=class_of, next_class=class_of + 1)
            for topic in world.random.sample(words.TOPICS, world.random.randrange(2, 5))
        ],
        agenda=words.AGENDA[: 2 + place % 2] if plan.medium == Medium.ON_SITE else (),
    )


def _companions(world: World, leader: User, place: int) -> list[User]:
    wanted = [world.officer, world.staff["sunlifang"], world.staff["college"], world.staff["luojianping"]]
    return [user for user in (wanted[place % 4], wanted[(place + 1) % 4]) if user != leader][: 1 + place % 2]


def _place(world: World, plan: Plan, partner: Partner) -> str:
    if plan.medium == Medium.ONLINE:
        return "腾讯会议"
    if plan.direction == Direction.INCOMING:
        return "学院行政楼三楼会议室"
    return f"{partner.record.address} {partner.words.short}会议室"


def _confirm(world: World, visit: Visit, plan: Plan) -> None:
    at = world.at(world.workday(-2), 16)
    planning.move_visit(visit, VisitState.CONFIRMED, by=world.officer, at=at, note="企业已确认接待")


def _call_off(world: World, visit: Visit, plan: Plan, place: int) -> None:
    reason = words.CANCELLED_BECAUSE[place % len(words.CANCELLED_BECAUSE)]
    at = world.at(world.workday(min(plan.days, 0) - 1), 17)
    planning.move_visit(visit, VisitState.CANCELLED, by=world.officer, at=at, note=reason)


def _carry_out(world: World, visit: Visit, plan: Plan, place: int) -> None:
    held = world.at(world.workday(plan.days), 17)
    planning.move_visit(visit, VisitState.HELD, by=world.officer, at=held)
    if plan.state == VisitState.HELD:
        return
    report(world, visit, world.partner(plan.partner), plan, place)
    day = world.workday(min(plan.days + 2, 0))
    if place % 3 == 0:
        reporting.add_evidence(
            visit,
            kind=EvidenceKind.NEWS,
            name=f"学校赴{plan.partner}开展访企拓岗",
            url=f"https://www.school.example/news/{visit.pk}.html",
            dated_on=day,
            by=world.officer,
            at=world.at(day),
        )
    if plan.state == VisitState.CHECKED:
        at = world.at(world.workday(plan.days + 4), 9)
        checking.check_report(visit, by=world.staff["sunlifang"], at=at, accepts_doubts=True, note="纸质材料齐全")
