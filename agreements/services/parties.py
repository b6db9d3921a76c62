"""The parties of an agreement (甲方, 乙方, …): added, given another role or letter, and removed while it is a draft."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.services.checking import check
from agreements.services.telling import tell
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import rules
from partnerships.changes import Change, compare, differences, snapshot
from partnerships.choices.agreements import PARTY_LETTERS, AgreementState, PartyRole
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import agreement_detail


def _lock_draft(agreement: Agreement, version: int | None, *, by: User) -> Agreement:
    agreement = lock(agreement, version=version)
    rules.can_change_agreement(by, agreement).or_raise()
    if agreement.state != AgreementState.DRAFT:
        raise RuleBroken(_("The parties are settled after the draft; send the agreement back to draft to change them."))
    return agreement


def _party(agreement: Agreement, pk: int) -> AgreementParty:
    """Raises RuleBroken when somebody else has removed it."""
    party: AgreementParty | None = agreement.parties.select_related("enterprise").filter(pk=pk).first()
    if party is None:
        raise RuleBroken(_("This party is not on the agreement any more."))
    return party


def _before(agreement: Agreement) -> dict[str, Any]:
    return snapshot(agreement, ["parties"])


def _settle(
    agreement: Agreement, before: dict[str, Any], *, by: User, at: datetime, also: Collection[int | None] = ()
) -> None:
    """Number the parties anew; the first enterprise among them is the one that the agreement is filed under."""
    parties = list(agreement.parties.select_related("enterprise"))
    for place, party in enumerate(parties, start=1):
        if party.place != place:
            party.place = place
            party.save(update_fields=["place"])
    files = [party.enterprise for party in parties if party.enterprise and not party.enterprise.merged_into_id]
    if not files:
        raise RuleBroken(_("An agreement is with one enterprise at least."))
    agreement.enterprise = files[0]
    check(agreement)
    save(agreement)
    _tell(agreement, differences(agreement, before), by=by, at=at, also=also)


def _tell(
    agreement: Agreement, changes: list[Change], *, by: User, at: datetime, also: Collection[int | None] = ()
) -> None:
    if changes:
        detail = agreement_detail(agreement.pk)
        tell(agreement, TimelineKind.AGREEMENT_CHANGED, by=by, at=at, detail=detail, changes=changes, also=also)


def _refuse_twice(agreement: Agreement, enterprise: Enterprise | None, name: str) -> None:
    named = enterprise.legal_name if enterprise else name
    for party in agreement.parties.select_related("enterprise"):
        of_file = party.enterprise
        same_file = enterprise is not None and party.enterprise_id == enterprise.pk
        if same_file or named in (party.name, of_file.legal_name if of_file else ""):
            raise RuleBroken(_("%(name)s is a party of this agreement already.") % {"name": party}, field="unit")


@transaction.atomic
def add_party(
    agreement: Agreement,
    *,
    enterprise: Enterprise | None = None,
    name: str = "",
    role: PartyRole = PartyRole.PARTNER,
    version: int | None = None,
    by: User,
    at: datetime,
) -> AgreementParty:
    """Add an enterprise of ours, or another unit by its name, as the last party of a draft."""
    agreement = _lock_draft(agreement, version, by=by)
    name = "" if enterprise else " ".join(name.split())
    if enterprise is None and not name:
        raise RuleBroken(_("Say which enterprise or unit joins the agreement."), field="unit")
    if agreement.parties.count() >= len(PARTY_LETTERS):
        raise RuleBroken(_("An agreement has at most %(count)s parties.") % {"count": len(PARTY_LETTERS)})
    _refuse_twice(agreement, enterprise, name)
    before = _before(agreement)
    party: AgreementParty = agreement.parties.create(
        place=len(PARTY_LETTERS) + 1, enterprise=enterprise, name=name, role=role
    )
    _settle(agreement, before, by=by, at=at, also=[party.enterprise_id])
    party.refresh_from_db()
    return party


@transaction.atomic
def change_role(
    agreement: Agreement, party: int, *, role: PartyRole, version: int | None, by: User, at: datetime
) -> None:
    """Say what a party does under the agreement."""
    agreement = _lock_draft(agreement, version, by=by)
    row = _party(agreement, party)
    before = snapshot(row, ["role"])
    row.role = role
    row.save(update_fields=["role"])
    changes = compare(row, before, snapshot(row, ["role"]))
    if changes:
        save(agreement)
    _tell(agreement, changes, by=by, at=at)


@transaction.atomic
def move_up(agreement: Agreement, party: int, *, version: int | None, by: User, at: datetime) -> None:
    """Let a party change letters with the one before it."""
    agreement = _lock_draft(agreement, version, by=by)
    row = _party(agreement, party)
    before = _before(agreement)
    ahead = agreement.parties.filter(place__lt=row.place).last()
    if ahead is None:
        raise RuleBroken(_("%(name)s is the first party already.") % {"name": row})
    row.place, ahead.place = ahead.place, row.place
    row.save(update_fields=["place"])
    ahead.save(update_fields=["place"])
    _settle(agreement, before, by=by, at=at)


@transaction.atomic
def remove_party(agreement: Agreement, party: int, *, version: int | None, by: User, at: datetime) -> None:
    """Take a party out of a draft. The school stays, and one enterprise, and whoever has signed."""
    agreement = _lock_draft(agreement, version, by=by)
    row = _party(agreement, party)
    if row.is_school:
        raise RuleBroken(_("The school is a party of each of its agreements."))
    if row.signatures.exists():
        raise RuleBroken(_("%(name)s has signed already and stays a party.") % {"name": row})
    before = _before(agreement)
    row.delete()
    _settle(agreement, before, by=by, at=at, also=[row.enterprise_id])
