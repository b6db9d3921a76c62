"""Eighty openings, written as an office would write them, brought to their state."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.choices import Level
from demo.school.origins import link_to_earlier_visit, visited_before
from demo.school.posting_details import daily, details, rows
from demo.school.posting_plans import PostingPlan, posting_plans
from demo.school.reviews import let_pass, look_up
from demo.school.world import Partner, World
from demo.words.film_postings import FILM_POSTINGS
from demo.words.industry_postings import INDUSTRY_POSTINGS
from demo.words.letters import POSTING_REJECTIONS, WITHDRAWALS
from demo.words.posting_words import PostingWords
from placements.choices import PostingKind, PostingState
from placements.models.postings import Posting
from placements.services import postings
from visits.services import links

STEPS = {
    PostingState.DRAFT: (),
    PostingState.IN_REVIEW: (PostingState.IN_REVIEW,),
    PostingState.REJECTED: (PostingState.IN_REVIEW, PostingState.REJECTED),
}
PUBLISHING = (PostingState.IN_REVIEW, PostingState.PUBLISHED)


def build_postings(world: World) -> list[Posting]:
    """Every kind of opening in turn, at an enterprise of a line that has it; those that ended are still published."""
    openings = [*FILM_POSTINGS, *INDUSTRY_POSTINGS]
    turns = {words.zh: 0 for words in openings}
    built = []
    for place, plan in enumerate(posting_plans()):
        words = openings[(place * 7) % len(openings)]
        of_line = [partner for partner in world.partners if partner.words.line in words.lines.split()]
        if place % 3:
            of_line = visited_before(of_line, on=_drafted_on(world, plan)) or of_line
        partner = of_line[(turns[words.zh] * 3 + place) % len(of_line)]
        turns[words.zh] += 1
        built.append(_build(world, partner, words, plan, place))
    return built


def _drafted_on(world: World, plan: PostingPlan) -> date:
    return world.day(min(plan.opens - 6, -2))


def _build(world: World, partner: Partner, words: PostingWords, plan: PostingPlan, place: int) -> Posting:
    majors = [world.majors[code] for code in words.majors]
    drafted = _drafted_on(world, plan)
    author = world.staff_of(majors[0].college) if place % 3 else world.officer
    posting = postings.draft_posting(
        partner.record,
        fields=_fields(world, partner, words, plan, place),
        majors=majors,
        rows=rows(place),
        by=author,
        at=world.at(drafted),
    )
    if STEPS.get(plan.state, PUBLISHING) is PUBLISHING:
        look_up(world, partner.record, on=drafted)
    day = world.day(min(plan.opens - 1, -1))
    for step, state in enumerate(STEPS.get(plan.state, PUBLISHING)):
        reason = POSTING_REJECTIONS[place % len(POSTING_REJECTIONS)] if state == PostingState.REJECTED else ""
        if posting.state == state:  # the enterprise is trusted, and it passed by itself
            continue
        if state == PostingState.PUBLISHED:
            let_pass(world, posting, at=world.at(day, 9 + step))
        posting = postings.move_posting(posting, state, by=world.officer, at=world.at(day, 9 + step), reason=reason)
    if place % 3:
        link_to_earlier_visit(world, posting, links.link_posting, on=drafted)
    return posting


def _fields(world: World, partner: Partner, words: PostingWords, plan: PostingPlan, place: int) -> dict[str, Any]:
    kind = (PostingKind.JOB, PostingKind.INTERNSHIP, PostingKind.JOB, PostingKind.CAMPUS)[place % 4]
    low, high = words.pay
    if kind == PostingKind.INTERNSHIP:
        low, high = low // 2 // 100 * 100, high // 2 // 100 * 100
    is_past = plan.state in (PostingState.CLOSED, PostingState.FILLED)
    class_of = world.graduating - 1 if is_past and place % 3 == 0 else world.graduating
    if kind == PostingKind.INTERNSHIP and place % 3 == 1:
        class_of = world.graduating + 1
    suffix = {PostingKind.INTERNSHIP: ("实习生", " (intern)"), PostingKind.CAMPUS: ("（校园招聘）", " (campus)")}
    zh, en = suffix.get(kind, ("", ""))
    return {
        "kind": kind,
        "title": words.zh + zh,
        "title_en": words.en + en,
        "description": _description(partner, words),
        "description_en": f"The work: {words.duties_en}\nWhat we ask for: {words.asks_en}",
        "headcount": 1 + (place * 5) % 12,
        "class_of": None if place % 5 == 4 else class_of,
        "level": Level.DIPLOMA if place % 2 else "",
        "province": partner.record.province,
        "city": partner.words.city,
        "pay_min": None if place % 13 == 12 else low,
        "pay_max": None if place % 13 == 12 else high,
        "opens_on": world.day(plan.opens),
        "closes_on": world.day(plan.closes),
        "answer_by": world.day(plan.closes + 14),
        **details(world, partner, words.majors[0], kind, place),
        **(daily((low, high)) if kind == PostingKind.INTERNSHIP and place % 13 == 1 else {}),
    }


def _description(partner: Partner, words: PostingWords) -> str:
    duties = "；\n".join(f"{number}. {text}" for number, text in enumerate(words.duties_zh, start=1))
    asks = "；\n".join(f"{number}. {text}" for number, text in enumerate(words.asks_zh, start=1))
    return (
        f"{partner.words.zh}：{partner.words.does_zh}。\n\n"
        f"【岗位职责】\n{duties}。\n\n【任职要求】\n{asks}。\n\n"
        f"【报名方式】通过本平台投递，学院统一推荐；面试时间由企业通知。"
    )


def end_postings(world: World, built: list[Posting]) -> None:
    """Close, fill and withdraw those whose plan says so, after students have applied."""
    for place, (posting, plan) in enumerate(zip(built, posting_plans(), strict=True)):
        if plan.state not in (PostingState.CLOSED, PostingState.FILLED, PostingState.WITHDRAWN):
            continue
        reason = WITHDRAWALS[place % len(WITHDRAWALS)] if plan.state == PostingState.WITHDRAWN else ""
        day = world.day(min(plan.closes + 1, -2))
        postings.move_posting(posting, plan.state, by=world.officer, at=world.at(day, 9), reason=reason)
