"""What the page of a review shows, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from drafting import rules
from drafting.choices import ReviewerRole, StepState
from drafting.models.reviews import DraftComment, ReviewHandOn, ReviewStep
from drafting.models.texts import Revision
from drafting.selectors.order import Planned, order_of
from partnerships.choices.agreements import AgreementFileKind, AgreementState
from partnerships.models.agreements import Agreement, AgreementFile
from partnerships.rules import can_move_agreement

ON_THE_PATH = {StepState.APPROVED: "done", StepState.OPEN: "current", StepState.RETURNED: "current"}


def open_steps_of(user: User) -> QuerySet[ReviewStep]:
    """Open steps that wait for this person: given to them, or to nobody and theirs by their role.

    The same rule as rules.can_decide, without what was given to a colleague of the same role.
    """
    college = Agreement.colleges.through.objects.filter(agreement=OuterRef("agreement"), college__in=user.college_ids)
    of_role = Q(Exists(college), role=ReviewerRole.COLLEGE)
    if user.is_office:
        of_role |= Q(role__in=[ReviewerRole.OFFICE, ReviewerRole.LEGAL])
    if user.has_role(Role.LEADER):
        of_role |= Q(role=ReviewerRole.LEADERSHIP)
    nobody = Q(reviewer=None) | Q(reviewer__is_active=False)
    steps = ReviewStep.objects.filter(Q(reviewer=user) | (nobody & of_role), state=StepState.OPEN)
    return steps.filter(agreement__in=Agreement.objects.visible_to(user))


@dataclass(frozen=True)
class Waiting:
    """An agreement that waits for a person's review, and for how many days it has."""

    step: ReviewStep
    days: int

    @property
    def agreement(self) -> Agreement:
        return self.step.agreement


def waiting_for(user: User, *, on: date, most: int) -> list[Waiting]:
    """The longest waiting first; one query."""
    steps = open_steps_of(user).select_related("agreement__enterprise").order_by("opened_at", "pk")[:most]
    return [Waiting(step, _days(step, on=on)) for step in steps]


def _days(step: ReviewStep, *, on: date) -> int:
    return (on - timezone.localdate(step.opened_at)).days if step.opened_at else 0


@dataclass(frozen=True)
class Stop:
    """One step on the path of a round."""

    step: ReviewStep
    status: str

    @property
    def label(self) -> str:
        return str(self.step)


@dataclass(frozen=True)
class Round:
    """One sending to review, its steps in their order."""

    number: int
    stops: list[Stop]


@dataclass(frozen=True)
class ReviewPage:
    """An agreement's review as one person sees it."""

    rounds: list[Round]
    open_step: ReviewStep | None
    planned: list[Planned]
    revision: Revision | None
    files: list[AgreementFile]
    comments: list[DraftComment]
    days: int
    may_decide: bool
    may_hand_on: bool
    may_send: bool
    may_stop: bool
    settles: set[int]

    @property
    def has_text(self) -> bool:
        return self.revision is not None or bool(self.files)


def agreements_in_review(user: User) -> QuerySet[Agreement]:
    """Agreements that a person sees, with what their review reads."""
    rows = Agreement.objects.visible_to(user).select_related("enterprise", "kind", "owner")
    return rows.prefetch_related("colleges")


def rounds_of(agreement: Agreement) -> list[Round]:
    """All rounds, the last one first; two queries."""
    handed = ReviewHandOn.objects.select_related("by", "to")
    steps = list(
        agreement.review_steps.select_related("reviewer", "decided_by", "revision")
        .prefetch_related(Prefetch("hand_ons", handed))
        .order_by("-round", "place")
    )
    for step in steps:
        step.agreement = agreement
    return [
        Round(number, [Stop(step, ON_THE_PATH.get(StepState(step.state), "")) for step in of_round])
        for number, of_round in groupby(steps, key=lambda step: step.round)
    ]


def review_page(user: User, agreement: Agreement, *, on: date) -> ReviewPage:
    """Everything on the page of a review; reads agreement.colleges and agreement.kind."""
    rounds = rounds_of(agreement)
    here = next((stop.step for stop in rounds[0].stops if stop.step.state == StepState.OPEN), None) if rounds else None
    is_draft = agreement.state == AgreementState.DRAFT
    comments = list(agreement.draft_comments.select_related("by", "settled_by", "revision"))
    for comment in comments:
        comment.agreement = agreement
    return ReviewPage(
        rounds=rounds,
        open_step=here,
        planned=order_of(agreement.kind).steps if is_draft else [],
        revision=agreement.revisions.prefetch_related("clauses").first(),
        files=list(agreement.files.filter(kind=AgreementFileKind.DRAFT)),
        comments=comments,
        days=_days(here, on=on) if here else 0,
        may_decide=here is not None and bool(rules.can_decide(user, here)),
        may_hand_on=here is not None and bool(rules.can_hand_on(user, here)),
        may_send=is_draft and bool(can_move_agreement(user, agreement, AgreementState.IN_REVIEW)),
        may_stop=agreement.state == AgreementState.IN_REVIEW
        and bool(can_move_agreement(user, agreement, AgreementState.DRAFT)),
        settles={comment.pk for comment in comments if rules.can_settle(user, comment)},
    )
