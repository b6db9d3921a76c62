"""Agreements that were signed before the portal knew of them, or that a published account tells of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import College
from agreements.services.agreements import draft_agreement
from agreements.services.telling import tell
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import rules
from partnerships.choices.agreements import AgreementState, Side
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.codes import AgreementKind
from partnerships.models.enterprises import Enterprise

Signatures = Sequence[tuple[Side, str, str]]


@transaction.atomic
def file_past_agreement(
    enterprise: Enterprise,
    *,
    kind: AgreementKind,
    title: str,
    by: User,
    at: datetime,
    signed_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    signatures: Signatures = (),
    colleges: Iterable[College] = (),
    fields_of_cooperation: Sequence[str] = (),
) -> Agreement:
    """Enter an agreement as signed; what the account does not say (days, the other signature) stays empty.

    Signatures are (side, name, position); they raise RuleBroken without the day of signing.
    """
    rules.can_sign_agreement(by).or_raise()
    drafted = draft_agreement(
        enterprise,
        kind=kind,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        colleges=colleges,
        fields_of_cooperation=fields_of_cooperation,
        by=by,
        at=at,
    )
    return _as_signed(drafted, signed_on, signatures, by=by, at=at)


def _as_signed(
    drafted: Agreement, signed_on: date | None, signatures: Signatures, *, by: User, at: datetime
) -> Agreement:
    agreement = lock(drafted)
    for side, name, position in signatures:
        if signed_on is None:
            raise RuleBroken(_("A signature needs the day on which it was given."))
        agreement.signatures.create(side=side, name=name, title=position, signed_on=signed_on)
    agreement.state, agreement.signed_on = AgreementState.SIGNED, signed_on
    save(agreement)
    agreement.moves.create(state=AgreementState.SIGNED, by=by, at=at)
    tell(agreement, TimelineKind.AGREEMENT_MOVED, by=by, at=at, detail=AgreementState.SIGNED.value)
    return agreement
