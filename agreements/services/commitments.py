"""Promises of either side, and whether they were kept."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import rules
from partnerships.changes import differences, snapshot
from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline


@transaction.atomic
def promise(
    enterprise: Enterprise,
    *,
    side: Side,
    kind: CommitmentKind,
    description: str,
    number: Decimal | int | None = None,
    unit: str = "",
    due_on: date | None = None,
    agreement: Agreement | None = None,
    by: User,
    at: datetime,
) -> Commitment:
    """Write down what one side promised, how much of it, and by when."""
    rules.can_promise(by, agreement).or_raise()
    if agreement is not None and agreement.enterprise_id != enterprise.pk:
        raise RuleBroken(_("This agreement is with another enterprise."))
    commitment = Commitment(
        enterprise=enterprise,
        agreement=agreement,
        side=side,
        kind=kind,
        description=description,
        number=number,
        unit=unit,
        due_on=due_on,
        version=0,
    )
    save(commitment)
    timeline.record(enterprise, TimelineKind.COMMITMENT_MADE, by=by, at=at, text=description, detail=str(side))
    return commitment


@transaction.atomic
def close_commitment(
    commitment: Commitment,
    *,
    state: CommitmentState,
    delivered: Decimal | int | None = None,
    evidence: str = "",
    on: date,
    by: User,
    at: datetime,
) -> Commitment:
    """Say whether a promise was kept, what was delivered, and what shows it.

    Raises RuleBroken when it is closed already, or kept without a number where one was promised.
    """
    commitment = lock(commitment)
    rules.can_close_promise(by, commitment).or_raise()
    if commitment.state != CommitmentState.OPEN:
        raise RuleBroken(_("This promise is closed already: %(state)s.") % {"state": commitment.get_state_display()})
    if state == CommitmentState.OPEN:
        raise RuleBroken(_("Say whether the promise was kept."))
    if state == CommitmentState.KEPT and commitment.number is not None and delivered is None:
        raise RuleBroken(_("Say how much was delivered."))
    before = snapshot(commitment, ["state", "delivered", "evidence"])
    commitment.state, commitment.closed_on = state, on
    commitment.delivered, commitment.evidence = (None if delivered is None else Decimal(delivered)), evidence
    save(commitment)
    timeline.record(
        commitment.enterprise,
        TimelineKind.COMMITMENT_CLOSED,
        by=by,
        at=at,
        text=commitment.description,
        detail=str(commitment.state),
        changes=differences(commitment, before),
    )
    return commitment
