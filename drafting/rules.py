"""Who looks at a draft, decides on it and speaks about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no
from drafting.choices import ReviewerRole
from drafting.models.reviews import DraftComment, ReviewStep
from partnerships.models.agreements import Agreement
from partnerships.rules import can_change_agreement, can_own_agreement


def can_set_order(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Only the employment office sets who looks at drafts."))


def can_take(user: User, role: str, agreement: Agreement) -> Decision:
    """Whom a step may be given to: those of its role; a legal review anyone who sees the agreement."""
    takes = {
        ReviewerRole.COLLEGE: any(college.pk in user.college_ids for college in agreement.colleges.all()),
        ReviewerRole.OFFICE: user.is_office,
        ReviewerRole.LEGAL: bool(can_own_agreement(user, agreement)),
        ReviewerRole.LEADERSHIP: user.has_role(Role.LEADER),
    }
    if user.is_active and takes[ReviewerRole(role)]:
        return YES
    return no(_("%(person)s cannot take this step.") % {"person": user})


def can_decide(user: User, step: ReviewStep) -> Decision:
    """The person it was given to, and those of its role; a legal review that was given to someone is theirs alone."""
    if step.reviewer_id == user.pk:
        return YES
    if step.role == ReviewerRole.LEGAL:
        may = user.is_office and not (step.reviewer and step.reviewer.is_active)
    else:
        may = bool(can_take(user, step.role, step.agreement))
    return YES if may else no(_("This step of the review is decided by others."))


def can_hand_on(user: User, step: ReviewStep) -> Decision:
    """Whoever may decide it, and the office for someone who is away."""
    if user.is_office or can_decide(user, step):
        return YES
    return no(_("Only whoever decides this step, or the employment office, hands it to a colleague."))


def can_comment(user: User) -> Decision:
    """All staff, on the drafts that they see."""
    if user.is_school_staff:
        return YES
    return no(_("Only staff of the school comment on drafts."))


def can_settle(user: User, comment: DraftComment) -> Decision:
    """Who wrote it, who owns the agreement, and who may change the draft."""
    mine = user.pk in (comment.by_id, comment.agreement.owner_id)
    if mine or can_change_agreement(user, comment.agreement):
        return YES
    return no(_("A comment is settled by its writer, or by whoever works on the draft."))
