"""What was reported after a visit of the sample school."""

from __future__ import annotations

from accounts.models.people import User
from agreements.services import commitments
from demo.school.visit_plans import Plan
from demo.school.world import Partner, World
from demo.words import visit_words as words
from demo.words.enterprise_words import LINES
from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.models.needs import Need
from visits.choices import Direction, FollowUpState, IntentionKind, IntentionState, VisitState
from visits.models.results import FollowUp
from visits.models.visits import Visit
from visits.services import links, reporting
from visits.services.reporting import FollowUpLine, OutcomeLine, PromiseLine

KINDS = ("internship_places", "jobs", "lectures", "equipment", "other")
INTENTIONS = (
    (IntentionKind.BASE, "共建就业实习基地"),
    (IntentionKind.MECHANISM, "每学期一次例行交流"),
    (IntentionKind.ORDER_CLASS, "合办订单班"),
    (IntentionKind.AGREEMENT, "签订校企合作协议"),
)


def report(world: World, visit: Visit, partner: Partner, plan: Plan, place: int) -> None:
    """Outcomes per major, promises of both sides, what to do next, and what is intended."""
    day = min(plan.days + 1 + place % 2, 0)
    leader = world.staff[plan.leader]
    reporting.report_visit(
        visit,
        by=leader if leader.college_ids or place % 2 else world.officer,
        at=world.at(world.workday(day), 11),
        minutes=words.MINUTES[partner.words.line],
        feedback=words.FEEDBACK[place % len(words.FEEDBACK)] if place % 4 else "",
        outcomes=_outcomes(world, partner, place),
        commitments=_promises(world, partner, plan, place),
        follow_ups=[_follow_up(world, leader, plan, place)],
        places_shown=world.facilities[place % 3 : place % 3 + 2] if plan.direction == Direction.INCOMING else (),
    )
    if place % 2:
        kind, name = INTENTIONS[place % len(INTENTIONS)]
        reporting.add_intention(
            visit, kind=kind, name=name, state=IntentionState.INTENDED, by=leader, at=world.at(world.workday(day))
        )
    for need in Need.objects.open().filter(enterprise=partner.record):
        links.link_need(visit, need, by=world.officer, at=world.at(world.workday(day)))
    _close(world, visit, plan, place)
    if _is_settled(plan, place):
        _settle(world, visit, place)


def _outcomes(world: World, partner: Partner, place: int) -> list[OutcomeLine]:
    codes = LINES[partner.words.line].majors[: 1 + place % 3]
    pay = 4500 + 250 * (place % 9)
    return [
        OutcomeLine(
            major=world.majors[code],
            posts=world.random.randrange(2, 14),
            post_pay=pay,
            internships=world.random.randrange(0, 16),
            internship_pay=2400 + 100 * (place % 8),
        )
        for code in codes
    ]


def _promises(world: World, partner: Partner, plan: Plan, place: int) -> list[PromiseLine]:
    kind = KINDS[place % len(KINDS)]
    text, unit = words.PROMISES[kind]
    lines = [
        PromiseLine(
            side=Side.ENTERPRISE,
            kind=CommitmentKind(kind),
            description=f"{partner.words.short}{text}",
            number=2 + place % 9,
            unit=unit,
            due_on=world.workday(plan.days + 24) if _is_settled(plan, place) else world.day(20 + place * 5),
        )
    ]
    if place % 3 == 0:
        own, description, own_unit = words.SCHOOL_PROMISES[place % len(words.SCHOOL_PROMISES)]
        lines.append(
            PromiseLine(
                side=Side.SCHOOL,
                kind=CommitmentKind(own),
                description=description,
                number=1 + place % 2,
                unit=own_unit,
                due_on=world.day(45),
            )
        )
    return lines


def _follow_up(world: World, leader: User, plan: Plan, place: int) -> FollowUpLine:
    """The newest are open and due around today, some already late."""
    text = words.FOLLOW_UPS[place % len(words.FOLLOW_UPS)].format(class_of=world.graduating)
    owner = (world.officer, world.staff["college"], world.staff["sunlifang"])[place % 3]
    due = world.workday(_DUE.get(plan.days, min(plan.days + 10, -1)))
    return FollowUpLine(what=text, owner=owner, due_on=due)


_DUE = {-3: 2, -4: 1, -7: 0, -8: 1, -11: -2, -13: -4, -16: 3, -19: -7, -21: 7, -24: 12}


def _close(world: World, visit: Visit, plan: Plan, place: int) -> None:
    """What fell due earlier is done, except where the plan keeps it open."""
    if plan.days in _DUE:
        return
    for follow_up in FollowUp.objects.filter(visit=visit):
        state = FollowUpState.DROPPED if place % 7 == 0 else FollowUpState.DONE
        result = "企业岗位已撤销，不再跟进。" if state == FollowUpState.DROPPED else words.RESULTS[place % 4]
        reporting.close_follow_up(
            follow_up, state=state, result=result, by=follow_up.owner, at=world.at(follow_up.due_on, 15)
        )


def _is_settled(plan: Plan, place: int) -> bool:
    """Half of the promises of old visits have fallen due."""
    return plan.state == VisitState.CHECKED and place % 2 == 0


def _settle(world: World, visit: Visit, place: int) -> None:
    """The enterprise's promise was kept, but for a few."""
    for promise in visit.commitments.filter(side=Side.ENTERPRISE):
        due = promise.due_on or world.today
        is_kept = place % 8 != 0
        commitments.close_commitment(
            promise,
            state=CommitmentState.KEPT if is_kept else CommitmentState.NOT_KEPT,
            delivered=promise.number if is_kept else 0,
            evidence="到岗名单与签到表已归档" if is_kept else "企业项目延期，未能兑现",
            on=due,
            by=world.officer,
            at=world.at(due, 16),
        )
