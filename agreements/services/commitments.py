"""Promises of either side: made, changed, closed as kept or not, opened again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.selectors.promises import enterprise_keys, standing_of
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import rules
from partnerships.changes import Change, differences, snapshot
from partnerships.choices.agreements import CommitmentKind, CommitmentState, Side
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.enterprises import Enterprise
from partnerships.services import timeline

CHANGED = ("side", "kind", "description", "number", "unit", "due_on")


def tell(
    commitment: Commitment,
    kind: TimelineKind,
    *,
    by: User,
    at: datetime,
    detail: str = "",
    changes: list[Change] | None = None,
) -> None:
    """Word of a promise on the timeline of its enterprise."""
    link = reverse("agreements:promise", args=[commitment.pk])
    timeline.record(
        commitment.enterprise, kind, by=by, at=at, text=commitment.description, detail=detail, link=link,
        changes=changes,
    )  # fmt: skip


def _check(commitment: Commitment) -> None:
    """Refusals that a person can mend beside the field."""
    if commitment.number is not None and commitment.number <= 0:
        raise RuleBroken(_("A promise is of more than nothing."), field="number")
    if commitment.agreement and commitment.enterprise_id not in enterprise_keys(commitment.agreement):
        raise RuleBroken(_("This agreement is with another enterprise."))


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
    _check(commitment)
    save(commitment)
    tell(commitment, TimelineKind.COMMITMENT_MADE, by=by, at=at, detail=str(side))
    return commitment


@transaction.atomic
def change_promise(
    commitment: Commitment, *, version: int | None, fields: dict[str, Any], by: User, at: datetime
) -> Commitment:
    """Change what was promised; raises StaleEdit and RuleBroken. Its state is changed by closing and reopening."""
    commitment = lock(commitment, version=version)
    rules.can_close_promise(by, commitment).or_raise()
    before = snapshot(commitment, [name for name in CHANGED if name in fields])
    for name in before:
        setattr(commitment, name, fields[name])
    _check(commitment)
    save(commitment)
    changes = differences(commitment, before)
    if changes:
        tell(commitment, TimelineKind.COMMITMENT_CHANGED, by=by, at=at, changes=changes)
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

    Where rows of evidence count, their sum is what was delivered. Raises RuleBroken when it is closed already, or
    kept without a number where one was promised.
    """
    commitment = lock(commitment)
    rules.can_close_promise(by, commitment).or_raise()
    if commitment.state != CommitmentState.OPEN:
        raise RuleBroken(_("This promise is closed already: %(state)s.") % {"state": commitment.get_state_display()})
    if state == CommitmentState.OPEN:
        raise RuleBroken(_("Say whether the promise was kept."))
    standing = standing_of(commitment)
    if standing.is_counted:
        delivered = standing.delivered
    if state == CommitmentState.KEPT and commitment.number is not None and delivered is None:
        raise RuleBroken(_("Say how much was delivered."), field="delivered")
    before = snapshot(commitment, ["state", "delivered", "evidence"])
    commitment.state, commitment.closed_on = state, on
    commitment.delivered, commitment.evidence = (None if delivered is None else Decimal(delivered)), evidence
    save(commitment)
    changes = differences(commitment, before)
    tell(commitment, TimelineKind.COMMITMENT_CLOSED, by=by, at=at, detail=str(state), changes=changes)
    return commitment


@transaction.atomic
def reopen_promise(commitment: Commitment, *, by: User, at: datetime) -> Commitment:
    """Take back that a promise was closed; what was said then stays on the timeline."""
    commitment = lock(commitment)
    rules.can_close_promise(by, commitment).or_raise()
    if commitment.state == CommitmentState.OPEN:
        raise RuleBroken(_("This promise is open."))
    before = snapshot(commitment, ["state", "delivered", "evidence"])
    commitment.state, commitment.closed_on = CommitmentState.OPEN, None
    commitment.delivered, commitment.evidence = None, ""
    save(commitment)
    tell(commitment, TimelineKind.COMMITMENT_CHANGED, by=by, at=at, changes=differences(commitment, before))
    return commitment
