"""Who hears of a review, in their own language."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from accounts.models.people import User
from drafting.models.reviews import DraftComment, ReviewHandOn, ReviewStep
from drafting.selectors.order import asked
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.models.agreements import Agreement


def _tell(
    to: User | None,
    agreement: Agreement,
    template: str,
    *,
    key: str,
    at: datetime,
    by: User | None = None,
    text: str = "",
    role: ReviewStep | None = None,
    waits_for: ReviewStep | None = None,
) -> None:
    """One message; `waits_for` is a step: once that is decided, nothing is sent any more."""
    if to is None:
        return
    with translation.override(to.language):
        context: dict[str, object] = {
            "title": agreement.title,
            "enterprise": str(agreement.enterprise),
            "role": str(role or waits_for or ""),
            "by": str(by or ""),
            "text": text,
        }
    notify(
        to,
        key=key,
        matter=Matter.AGREEMENT,
        template=f"emails/drafting/{template}.txt",
        context=context,
        at=at,
        link=reverse("drafting:review", args=[agreement.pk]),
        still_due="drafting.step" if waits_for else "",
        subject_id=waits_for.pk if waits_for else None,
    )


def ask_for_review(step: ReviewStep, *, at: datetime) -> None:
    """Everyone whose turn it is: the person it is given to, or all of the role."""
    people = [step.reviewer] if step.reviewer else asked(step.role, step.agreement, on=timezone.localdate(at))
    for person in people:
        _tell(person, step.agreement, "review_waits", key=f"review:{step.pk}:open", at=at, waits_for=step)


def tell_of_hand_on(handed: ReviewHandOn) -> None:
    _tell(
        handed.to, handed.step.agreement, "review_given", key=f"review:{handed.step_id}:given:{handed.pk}",
        at=handed.at, by=handed.by, text=handed.note, waits_for=handed.step,
    )  # fmt: skip


def tell_of_return(step: ReviewStep, *, by: User, at: datetime) -> None:
    """The owner, who now has a draft again."""
    _tell(
        step.agreement.owner, step.agreement, "review_returned", key=f"review:{step.pk}:returned", at=at, by=by,
        text=step.comment, role=step,
    )  # fmt: skip


def tell_of_approval(step: ReviewStep, *, by: User, at: datetime) -> None:
    """The owner, that nobody has anything against signing."""
    _tell(step.agreement.owner, step.agreement, "review_passed", key=f"review:{step.pk}:passed", at=at, by=by)


def tell_of_comment(comment: DraftComment) -> None:
    agreement = comment.agreement
    if comment.by_id != agreement.owner_id:
        key = f"agreement:{agreement.pk}:comment:{comment.pk}"
        _tell(agreement.owner, agreement, "draft_commented", key=key, at=comment.at, by=comment.by, text=comment.text)
