"""The review of a draft: sent, approved step by step, returned, handed on, taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.services.agreements import move_by_review
from core.errors import RuleBroken
from core.saving import lock
from drafting import rules
from drafting.choices import ReviewerRole, StepState
from drafting.models.reviews import ReviewHandOn, ReviewStep
from drafting.models.texts import Revision
from drafting.selectors.order import Planned, order_of
from drafting.services import letters
from partnerships.choices.agreements import AgreementFileKind, AgreementState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.rules import can_move_agreement
from partnerships.services import timeline


@transaction.atomic
def send_to_review(agreement: Agreement, *, by: User, at: datetime, note: str = "") -> Agreement:
    """Begin a round: the steps of the order for its kind, the first of them open.

    Raises RuleBroken without a text or a file of the draft, and where nobody would look at it.
    """
    agreement = lock(agreement)
    can_move_agreement(by, agreement, AgreementState.IN_REVIEW).or_raise()
    revision = agreement.revisions.first()
    if revision is None and not agreement.files.filter(kind=AgreementFileKind.DRAFT).exists():
        raise RuleBroken(_("There is nothing to review yet: write the text, or add the draft as a file."))
    move_by_review(agreement, AgreementState.IN_REVIEW, by=by, at=at, note=note)
    steps = _new_round(agreement, revision)
    first = next((step for step in steps if step.state == StepState.WAITING), None)
    if first is None:
        raise RuleBroken(_("Nobody would look at this draft: choose its college first."))
    _open(first, at=at)
    return agreement


def _new_round(agreement: Agreement, revision: Revision | None) -> list[ReviewStep]:
    last = agreement.review_steps.order_by("-round").values_list("round", flat=True).first() or 0
    order = order_of(agreement.kind).steps
    return [
        agreement.review_steps.create(
            revision=revision, round=last + 1, place=place, role=planned.role, **_beginning(agreement, planned)
        )
        for place, planned in enumerate(order, start=1)
    ]


def _beginning(agreement: Agreement, planned: Planned) -> dict[str, object]:
    """A college's step is left out where there is no college; it is given to nobody who cannot take it."""
    if planned.role == ReviewerRole.COLLEGE and not agreement.colleges.all():
        return {"state": StepState.CANCELLED}
    person = planned.reviewer
    return {"reviewer": person if person and rules.can_take(person, planned.role, agreement) else None}


def _open(step: ReviewStep, *, at: datetime) -> None:
    step.state, step.opened_at = StepState.OPEN, at
    step.save(update_fields=["state", "opened_at"])
    letters.ask_for_review(step, at=at)


def _locked(step: ReviewStep) -> ReviewStep:
    """The step as it is now, its agreement locked: who comes second sees what the first one did."""
    agreement = lock(step.agreement)
    fresh = ReviewStep.objects.select_related("reviewer", "decided_by").get(pk=step.pk)
    fresh.agreement = agreement
    return fresh


def _must_be_open(step: ReviewStep) -> None:
    if step.state in (StepState.APPROVED, StepState.RETURNED):
        said = {"who": step.decided_by, "state": step.get_state_display()}
        raise RuleBroken(_("%(who)s has decided this step already: %(state)s.") % said)
    if step.state == StepState.CANCELLED:
        raise RuleBroken(_("This round of the review is over. Open the review again to see how it stands."))
    if step.state == StepState.WAITING:
        raise RuleBroken(_("It is not the turn of this step yet."))


def _decide(step: ReviewStep, state: StepState, *, by: User, at: datetime, comment: str) -> None:
    rules.can_decide(by, step).or_raise()
    _must_be_open(step)
    step.state, step.decided_by, step.decided_at, step.comment = state, by, at, comment
    step.save(update_fields=["state", "decided_by", "decided_at", "comment"])
    _record(step, f"{step.role}_{state}", by=by, at=at)


def _record(step: ReviewStep, detail: str, *, by: User, at: datetime) -> None:
    agreement = step.agreement
    link = reverse("drafting:review", args=[agreement.pk])
    timeline.record(
        agreement.enterprise,
        TimelineKind.AGREEMENT_REVIEWED,
        by=by,
        at=at,
        text=agreement.title,
        detail=detail,
        link=link,
    )


@transaction.atomic
def approve(step: ReviewStep, *, by: User, at: datetime, comment: str = "") -> ReviewStep:
    """Say yes to a draft; the next step opens, and after the last one the agreement awaits its signatures."""
    step = _locked(step)
    _decide(step, StepState.APPROVED, by=by, at=at, comment=comment)
    of_round = step.agreement.review_steps.filter(round=step.round)
    following = of_round.filter(state=StepState.WAITING).order_by("place").first()
    if following is None:
        _release(step, by=by, at=at)
    else:
        following.agreement = step.agreement
        _open(following, at=at)
    return step


def _release(step: ReviewStep, *, by: User, at: datetime) -> None:
    """Everyone has approved: the agreement is to be signed, under its number."""
    agreement = step.agreement
    leaders = agreement.review_steps.filter(round=step.round, role=ReviewerRole.LEADERSHIP, state=StepState.APPROVED)
    to = AgreementState.AWAITING_SIGNATURES
    move_by_review(agreement, to, leadership_approved=leaders.exists(), by=by, at=at)
    letters.tell_of_approval(step, by=by, at=at)


@transaction.atomic
def return_for_correction(step: ReviewStep, *, by: User, at: datetime, comment: str) -> ReviewStep:
    """Say what is to be corrected; the round is over and the agreement a draft again, whose owner hears of it."""
    if not comment.strip():
        raise RuleBroken(_("Say what is to be corrected."), field="comment")
    step = _locked(step)
    _decide(step, StepState.RETURNED, by=by, at=at, comment=comment)
    _end_round(step.agreement, at=at)
    move_by_review(step.agreement, AgreementState.DRAFT, by=by, at=at, note=comment[:300])
    letters.tell_of_return(step, by=by, at=at)
    return step


def _end_round(agreement: Agreement, *, at: datetime) -> None:
    """What nobody decided is not to be decided any more."""
    undecided = agreement.review_steps.filter(state__in=[StepState.WAITING, StepState.OPEN])
    undecided.update(state=StepState.CANCELLED, decided_at=at)


@transaction.atomic
def hand_on(step: ReviewStep, *, to: User, note: str = "", by: User, at: datetime) -> ReviewHandOn:
    """Give an open step to a colleague who may take it; who had it before stays on record."""
    step = _locked(step)
    rules.can_hand_on(by, step).or_raise()
    _must_be_open(step)
    taken = rules.can_take(to, step.role, step.agreement)
    if not taken:
        raise RuleBroken(taken.reason, field="to")
    if step.reviewer_id == to.pk:
        raise RuleBroken(_("%(person)s has this step already.") % {"person": to}, field="to")
    step.reviewer = to
    step.save(update_fields=["reviewer"])
    handed: ReviewHandOn = step.hand_ons.create(by=by, to=to, note=note, at=at)
    _record(step, "handed_on", by=by, at=at)
    letters.tell_of_hand_on(handed)
    return handed


@transaction.atomic
def stop_review(agreement: Agreement, to: AgreementState, *, by: User, at: datetime, note: str = "") -> Agreement:
    """Take an agreement out of its review: back to draft, or ended for good."""
    agreement = lock(agreement)
    can_move_agreement(by, agreement, to).or_raise()
    if agreement.state != AgreementState.IN_REVIEW or to not in (AgreementState.DRAFT, AgreementState.ENDED):
        raise RuleBroken(_("This agreement is not in review: %(state)s.") % {"state": agreement.get_state_display()})
    _end_round(agreement, at=at)
    move_by_review(agreement, to, by=by, at=at, note=note)
    return agreement
