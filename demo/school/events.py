"""Events ahead with their sign-ups and booths, one that was held with who came, and hours with advisers."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models.people import User
from demo.school.world import World
from demo.words.events import FEEDBACK, HELD, PLANS, QUESTIONS, WANTED, EventPlan
from events.choices import EventKind, EventState
from events.models import Event
from events.services import booths, planning, presence, seats, voices
from guidance.choices import AppointmentState
from guidance.models import AdviceSlot, Adviser
from guidance.services import advisers, appointments

ANNOUNCED_BEFORE = 16  # days


def build_events(world: World) -> None:
    for plan in PLANS:
        event = _plan(world, plan, at=world.at(world.day(-6)))
        if plan.own:
            _ask(world, event)
        if plan.kind == EventKind.FAIR:
            booths.lay_out(event, rows=3, columns=4, by=world.officer)
            booths.fill(event, by=world.officer)
    _hold(world)


def _students(world: World) -> list[User]:
    """Those who graduate next, the one with an account first."""
    account = world.profiles[0]
    rest = [each.user for each in world.profiles[1:] if each.class_of == account.class_of]
    return [account.user, *rest]


def _plan(world: World, plan: EventPlan, *, at: datetime) -> Event:
    partners = [world.partner(name) for name in plan.partners]
    fields = {
        "kind": plan.kind, "name": plan.name, "name_en": plan.name_en, "description": plan.about,
        "description_en": plan.about_en, "held_on": world.day(plan.days), "starts_at_time": plan.hours[0],
        "ends_at_time": plan.hours[1], "place": plan.place, "capacity": plan.capacity, "takes_sign_ups": True,
    }  # fmt: skip
    parts = planning.Parts(
        enterprises=[partner.record for partner in partners],
        speakers=[(p.contacts[0].name, p.contacts[0].title, p.record) for p in partners[:2]],
        programme=plan.programme,
    )
    event = planning.plan_event(fields=fields, parts=parts, by=world.officer, at=at)
    if plan.announced:
        event = planning.move_event(event, EventState.PUBLISHED, by=world.officer, at=at)
    students = _students(world)
    for student in students[0 if plan.own else 1 : plan.comes + 1]:
        seats.sign_up(event, student=student, at=at)
    return event


def _ask(world: World, event: Event) -> None:
    at = world.at(world.day(-2))
    for student, (text, answer) in zip(_students(world)[1:], QUESTIONS, strict=False):
        question = voices.ask(event, text=text, student=student, at=at)
        if answer:
            voices.answer(question, text=answer, by=world.officer, at=at)


def _hold(world: World) -> None:
    """Most who signed up came, two came without, some said how it was."""
    day = world.day(HELD.days)
    event = _plan(world, HELD, at=world.at(day - timedelta(days=ANNOUNCED_BEFORE)))
    students, at = _students(world), world.at(day, 14)
    came = [*students[: HELD.comes - 3], *students[HELD.comes + 1 : HELD.comes + 3]]
    for student in came:
        presence.let_in(event, student, by=world.officer, at=at)
    event = planning.move_event(event, EventState.HELD, by=world.officer, at=world.at(day, 17))
    for student, (stars, text) in zip(came[1:], FEEDBACK, strict=False):
        voices.give_feedback(event, stars=stars, text=text, student=student, at=world.at(day, 18))


def build_guidance(world: World) -> None:
    """Two advisers with hours behind and ahead; the student with an account has booked one."""
    college = world.profiles[0].major.college
    for person, about, about_en, room in (
        (world.officer, "求职方向、简历与面试", "directions, résumés, interviews", "就业中心 203"),
        (world.staff_of(college), "本专业岗位与作品集", "posts of our majors, portfolios", "艺术楼 412"),
    ):
        fields: dict[str, object] = {"about": about, "about_en": about_en, "place": room}
        adviser = advisers.name_adviser(user=person, fields=fields, by=world.officer)
        _offer(world, adviser)
    _book(world)


def _offer(world: World, adviser: Adviser) -> None:
    at = world.at(world.day(-20))
    days = [world.workday(days) for days in (-8, -4, 2, 4, 7)]
    start, end = HELD.hours
    advisers.offer_hours(days=days, starts_at=start, ends_at=end, minutes=30, by=adviser.user, at=at)


def _book(world: World) -> None:
    """Hours behind were held but one, hours ahead are booked in part; an adviser kept a note."""
    slots = list(AdviceSlot.objects.select_related("adviser__user").order_by("starts_at", "pk"))
    students = _students(world)
    behind = [slot for slot in slots if slot.ends_at < world.now][:9]
    ahead = [slot for slot in slots if slot.starts_at > world.now + timedelta(days=1)][::3][:5]
    for number, slot in enumerate([*behind, *ahead]):
        topic, question = WANTED[number % len(WANTED)]
        student = students[0] if slot in ahead[:1] else students[number + 1]
        at = min(slot.starts_at - timedelta(days=2), world.now)
        booked = appointments.book(slot, topic=topic, question=question, student=student, at=at)
        if slot in behind:
            state = AppointmentState.MISSED if number == 2 else AppointmentState.HELD
            appointments.mark(booked, state, by=slot.adviser.user, at=slot.ends_at)
            text = "作品集缺少完整短片，建议先补一支两分钟成片，再投后期岗位。"
            appointments.note(booked, text=text, by=slot.adviser.user, at=slot.ends_at)
