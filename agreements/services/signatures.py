"""The one place that writes a signature, and notices the last one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.services.agreements import missing, sign
from core.errors import RuleBroken
from core.saving import lock
from partnerships import rules
from partnerships.choices.agreements import AgreementState, Side, SignatureWay
from partnerships.models.agreements import Agreement, AgreementParty, Signature


@transaction.atomic
def record_signature(
    agreement: Agreement,
    *,
    side: Side | None = None,
    party: AgreementParty | None = None,
    name: str,
    title: str = "",
    signed_on: date,
    way: SignatureWay = SignatureWay.PAPER,
    by: User,
    at: datetime,
) -> Signature:
    """File a signature that the office was given, of a party or of the one party of a side.

    Raises RuleBroken while the agreement is not out for signing, and for a person who signed already.
    """
    rules.can_sign_agreement(by).or_raise()
    of_side = [each for each in agreement.parties.all() if each.side == side]
    if party is None and len(of_side) > 1:
        raise RuleBroken(_("Say for which party this is signed; there are several."), field="party")
    party = party or (of_side[0] if of_side else None)
    return add_signature(
        agreement, side=party.side if party else side, party=party, name=name, title=title, signed_on=signed_on,
        way=way, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def add_signature(
    agreement: Agreement,
    *,
    side: Side | None,
    party: AgreementParty | None,
    name: str,
    title: str,
    signed_on: date,
    way: SignatureWay,
    by: User | None,
    at: datetime,
) -> Signature:
    """Keep a signature, whoever gave it and how; the last party's makes the agreement signed.

    The caller has asked who may. `by` is nobody for a person without an account. Raises RuleBroken.
    """
    agreement = lock(agreement)
    if agreement.state not in (AgreementState.AWAITING_SIGNATURES, AgreementState.SIGNED):
        raise RuleBroken(_("Signatures are recorded while an agreement awaits them."))
    if side is None or (party is not None and party.agreement_id != agreement.pk):
        raise RuleBroken(_("Say for which party this is signed; there are several."), field="party")
    if agreement.signatures.filter(side=side, party=party, name=name).exists():
        raise RuleBroken(_("The signature of %(name)s is on file already.") % {"name": name})
    signature: Signature = agreement.signatures.create(
        side=side, party=party, name=name, title=title, signed_on=signed_on, way=way
    )
    if agreement.state == AgreementState.AWAITING_SIGNATURES and not missing(agreement):
        sign(agreement, by=by, at=at)
    return signature
