"""How the drafts of the sample school were looked at: the order, the steps, what was said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from accounts.models.people import User
from agreements.services.agreements import add_agreement_file
from core.pdf import render_pdf
from demo.school.world import World
from demo.words.campus import SCHOOL_ZH
from demo.words.reviews import APPROVALS, BEHIND, HANDED_ON, REMARKS, RETURNED
from drafting.choices import ReviewerRole, StepState
from drafting.models.reviews import ReviewStep
from drafting.selectors.order import Planned, takers
from drafting.services.comments import comment_on_draft, settle_comment
from drafting.services.order import set_order
from drafting.services.reviews import approve, hand_on, return_for_correction, send_to_review
from partnerships.choices.agreements import AgreementFileKind, AgreementStage
from partnerships.models.agreements import Agreement

PAPER = Path(__file__).parent.parent / "papers" / "agreement.typ"
SENT_AFTER = 5
ALL_STEPS = 4


def set_orders(world: World) -> None:
    """A colleague of the office does the legal review; field engineers are decided by leadership, too."""
    legal = Planned(ReviewerRole.LEGAL, world.staff["luojianping"])
    usual = [Planned(ReviewerRole.COLLEGE), Planned(ReviewerRole.OFFICE), legal]
    set_order(None, usual, by=world.officer)
    set_order(world.kinds["field_engineer"], [*usual, Planned(ReviewerRole.LEADERSHIP)], by=world.officer)


def review(world: World, agreement: Agreement, partner: str, stage: AgreementStage, *, drafted: date) -> Agreement:
    """Send a draft to review and take it as far as it has come; a draft only when it was returned."""
    if stage == AgreementStage.DRAFT and partner not in RETURNED:
        return agreement
    _file_draft(world, agreement, day=drafted)
    day = min(drafted + timedelta(days=SENT_AFTER), world.day(-3))
    send_to_review(agreement, by=world.officer, at=world.at(day, 9))
    for hour, (user, text, is_settled) in enumerate(_remarks(world, partner), start=11):
        remark = comment_on_draft(agreement, text=text, by=user, at=world.at(day, hour))
        if is_settled:
            settle_comment(remark, by=world.officer, at=world.at(day, 16))
    steps = BEHIND[partner] if stage == AgreementStage.IN_REVIEW else ALL_STEPS
    _look(world, agreement, partner, steps, day)
    agreement.refresh_from_db()
    return agreement


def _remarks(world: World, partner: str) -> list[tuple[User, str, bool]]:
    return [(world.staff[account], text, is_settled) for account, text, is_settled in REMARKS.get(partner, [])]


def _look(world: World, agreement: Agreement, partner: str, steps: int, day: date) -> None:
    """One step a day; the office returns what was to be corrected, and hands on what another knows better."""
    for number in range(1, steps + 1):
        step = agreement.review_steps.filter(state=StepState.OPEN).first()
        if step is None:
            return
        on = min(day + timedelta(days=number), world.day(-1))
        if partner in RETURNED and step.role == ReviewerRole.OFFICE:
            at = world.at(on, 10)
            return_for_correction(step, by=world.staff["sunlifang"], at=at, comment=RETURNED[partner])
            return
        if partner in BEHIND and step.role == ReviewerRole.LEGAL:
            by, to = world.staff["luojianping"], world.staff["sunlifang"]
            hand_on(step, to=to, note=HANDED_ON, by=by, at=world.at(on, 9))
        said = APPROVALS[ReviewerRole(step.role)]
        approve(step, by=_who(world, step), at=world.at(on, 10), comment=said[(agreement.pk + number) % len(said)])


def _who(world: World, step: ReviewStep) -> User:
    """Who looked: those of the college, and one person each for the rest."""
    step = ReviewStep.objects.select_related("reviewer", "agreement").get(pk=step.pk)
    if step.reviewer:
        return step.reviewer
    if step.role == ReviewerRole.COLLEGE:
        return takers(step.role, step.agreement, on=world.today)[0]
    return world.staff["sunlifang" if step.role == ReviewerRole.OFFICE else "leader"]


def _file_draft(world: World, agreement: Agreement, *, day: date) -> None:
    """The text as it was drawn up, before anybody signed."""
    data = {
        "title": "校企合作协议（草案）",
        "number": "",
        "school": SCHOOL_ZH,
        "enterprise": "合作企业",
        "fields": ["人才培养", "实习就业", "师资互聘"],
        "from": "签署之日",
        "to": "约定之日",
        "signed": "",
        "signers": [],
    }
    world.draft = world.draft or render_pdf(PAPER, data)  # the same standard text for all
    add_agreement_file(
        agreement,
        kind=AgreementFileKind.DRAFT,
        file=ContentFile(world.draft, name=f"{agreement.title}（草案）.pdf"),
        by=world.officer,
        at=world.at(day, 15),
    )
