"""The review of postings at the sample school: who is looked up, who is trusted, what holds and what was let pass."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from demo.school.world import World
from partnerships.choices.enterprises import CheckResult, CheckSource
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from partnerships.services.checks import record_check
from placements.choices import PostingState
from placements.holding import MUST_CHANGE
from placements.models.postings import Posting
from placements.models.review import PostingHold
from placements.services import copying, postings
from placements.services.review_lists import keep_wage, trust
from placements.services.reviewing import lift_hold

TRUSTED = 3
MADE_UP = "示例数据，非官方标准 / Sample data, not an official figure"
WAGES = (("510000", "", 1900, "19"), ("510000", "成都", 2000, "20"), ("440000", "", 1950, "19.5"))
HELD_TEXTS = (
    "\n\n补充要求：年龄35岁以下，男生优先。",
    "\n\n入职统一着装，收取服装费200元。",
    "\n\n登录 www.jobs-example.top 填写资料。",
)


def build_lists(world: World) -> None:
    """The minimum wages of three places, made up and saying so, and a few enterprises that are trusted."""
    for code, city, monthly, hourly in WAGES:
        province = Province.objects.get(code=code)
        began = date(world.today.year - 1, 1, 1)
        keep_wage(
            None, province=province, city=city, monthly=monthly, hourly=Decimal(hourly), valid_from=began,
            source=MADE_UP, by=world.officer,
        )  # fmt: skip
    for partner in world.partners[:TRUSTED]:
        since = world.day(-20)
        why = "多年合作，岗位信息规范"
        trust(partner.record, since=since, until=None, reason=why, by=world.officer, at=world.at(since))


def look_up(world: World, enterprise: Enterprise, *, on: date) -> None:
    """Have the code of an enterprise confirmed before its first posting; one without a code stays as it is."""
    if enterprise.credit_code and not enterprise.checks.exists():
        result, source = CheckResult.MATCHES, CheckSource.LICENCE
        record_check(
            enterprise, source=source, result=result, checked_on=on, by=world.officer, at=world.at(on), note=""
        )


def let_pass(world: World, posting: Posting, *, at: datetime) -> None:
    """What the office let pass: nothing that must be changed."""
    for hold in PostingHold.objects.filter(posting=posting, lifted_at=None).exclude(rule__in=MUST_CHANGE):
        lift_hold(hold, reason="已电话核实企业情况", by=world.officer, at=at)


def build_holds(world: World, built: list[Posting]) -> None:
    """Three postings in review that rules hold, and one of last year copied into a draft."""
    waiting = [posting for posting in built if posting.state == PostingState.IN_REVIEW]
    now = world.at(world.day(-1), 15)
    for posting, text in zip(waiting, HELD_TEXTS, strict=False):
        said = {"description": posting.description + text}
        postings.change_posting(
            posting, version=posting.version, fields=said, majors=posting.majors.all(), by=world.officer, at=now
        )
    copying.copy_posting(built[0], by=world.officer, at=now + timedelta(hours=1))
