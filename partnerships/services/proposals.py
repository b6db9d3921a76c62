"""Corrections that enterprises proposed: staff take them over, or refuse them with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.changes import Change
from partnerships.choices.links import LEFT, NEW_CONTACT, PERSON_FIELDS, ProposalState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.freshness import CONFIRMED
from partnerships.models.links import FileAnswer, ProposedChange
from partnerships.services import contacts, enterprises, timeline


@transaction.atomic
def take_over(enterprise: Enterprise, proposals: Iterable[int], *, by: User, at: datetime) -> int:
    """Put proposals on file, by the services a person uses; returns how many. Raises RuleBroken, all or nothing."""
    open_ones = _locked(enterprise, proposals, by=by)
    of_file = [each for each in open_ones if each.contact is None and each.field != NEW_CONTACT]
    if of_file:
        fields = _file_fields(enterprise, of_file)
        _valid(lambda: enterprises.change_enterprise(enterprise, version=None, fields=fields, by=by, at=at))
    for each in open_ones:
        if each.field == NEW_CONTACT:
            _add(each, by=by, at=at)
    of_people: dict[Contact, dict[str, Any]] = {}
    for each in open_ones:
        if each.contact is not None and each.field != LEFT:
            of_people.setdefault(each.contact, {})[each.field] = each.after
    for contact, columns in of_people.items():
        _change(contact, columns, by=by, at=at)
    for each in open_ones:
        if each.contact is not None and each.field == LEFT:
            contacts.contact_left(each.contact, on=date.fromisoformat(each.after), by=by, at=at)
    _decide(open_ones, ProposalState.ACCEPTED, by=by, at=at)
    for answer in {each.answer for each in open_ones}:
        _confirm(answer, by=by)
    return len(open_ones)


@transaction.atomic
def refuse(proposal: ProposedChange, *, reason: str, by: User, at: datetime) -> ProposedChange:
    """Leave the file as it is, and say why. Raises RuleBroken without a reason or when it is decided already."""
    if not reason.strip():
        raise RuleBroken(_("Please say why this correction is not taken over."))
    (locked,) = _locked(proposal.enterprise, [proposal.pk], by=by)
    _decide([locked], ProposalState.REFUSED, by=by, at=at, reason=reason.strip()[:300])
    return locked


def _locked(enterprise: Enterprise, keys: Iterable[int], *, by: User) -> list[ProposedChange]:
    """These proposals of one enterprise, locked; raises RuleBroken when one of them is decided already."""
    rules.can_change_enterprise(by, enterprise).or_raise()
    wanted = set(keys)
    rows = ProposedChange.objects.select_for_update(of=("self",)).select_related("answer__contact", "contact")
    found = list(rows.filter(enterprise=enterprise, pk__in=wanted, state=ProposalState.OPEN).order_by("pk"))
    if not found or len(found) != len(wanted):
        raise RuleBroken(_("Somebody else has decided on this in the meantime. Please look again."))
    return found


def _valid(act: Any) -> None:
    """Run a service; a value that the file cannot hold is refused with its reason."""
    try:
        act()
    except ValidationError as problem:
        raise RuleBroken(" ".join(problem.messages)) from None


def _file_fields(enterprise: Enterprise, proposals: list[ProposedChange]) -> dict[str, Any]:
    """The proposed columns; a new name keeps the old one among the former names."""
    fields: dict[str, Any] = {each.field: each.after for each in proposals}
    if "staff_count" in fields:
        fields["staff_count"] = int(fields["staff_count"]) if fields["staff_count"] else None
        fields["staff_counted_on"] = timezone.localdate(proposals[0].answer.at)
    now = Enterprise.objects.get(pk=enterprise.pk)
    if fields.get("legal_name", now.legal_name) != now.legal_name:
        fields["former_names"] = [*(name.name for name in now.former_names.all()), now.legal_name]
    return fields


def _change(contact: Contact, columns: dict[str, Any], *, by: User, at: datetime) -> None:
    _valid(lambda: contacts.change_contact(contact, fields=columns, by=by, at=at))


def _add(proposal: ProposedChange, *, by: User, at: datetime) -> None:
    """The person becomes the first contact unless there is another than the one who named them."""
    columns: dict[str, Any] = dict(zip(PERSON_FIELDS, proposal.after.split("\n"), strict=False))
    today = timezone.localdate(at)
    firsts = proposal.enterprise.contacts.current(today).filter(is_primary=True)
    columns["is_primary"] = not firsts.exclude(pk=proposal.answer.contact_id or 0).exists()
    if proposal.answer.contact is not None:
        columns["language"] = proposal.answer.contact.language
    columns["from_on"] = timezone.localdate(proposal.answer.at)
    _valid(lambda: contacts.add_contact(proposal.enterprise, fields=columns, by=by, at=at))


def _decide(proposals: list[ProposedChange], state: ProposalState, *, by: User, at: datetime, reason: str = "") -> None:
    """Note the decision, and tell the timeline what was and what is proposed."""
    for each in proposals:
        each.state, each.reason, each.decided_by, each.decided_at = state, reason, by, at
        each.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    changes = [_as_change(each) for each in proposals]
    text = reason or "; ".join(dict.fromkeys(each.answer.name for each in proposals))
    timeline.record(
        proposals[0].enterprise, TimelineKind.PROPOSAL_DECIDED, by=by, at=at, text=text, detail=state.value,
        changes=changes,
    )  # fmt: skip


def _as_change(proposal: ProposedChange) -> Change:
    is_of_file = proposal.contact is None and proposal.field != NEW_CONTACT
    model = "partnerships.Enterprise" if is_of_file else "partnerships.Contact"
    after = proposal.after.replace("\n", " · ") if proposal.field == NEW_CONTACT else proposal.after
    return Change(model=model, field=proposal.field, before=proposal.before, after=after)


def _confirm(answer: FileAnswer, *, by: User) -> None:
    """What the contact wanted is on file: from then on the file is confirmed, unless somebody did so later."""
    contact = answer.contact
    still_open = answer.proposals.filter(state=ProposalState.OPEN)
    if contact is None:
        return
    enterprise = Enterprise.objects.select_for_update().get(pk=answer.enterprise_id)
    if not still_open.filter(contact=None).exclude(field=NEW_CONTACT).exists() and enterprise.is_stale_before(
        answer.at
    ):
        enterprise.confirm(by=by, via=contact, at=answer.at)
        enterprise.save(update_fields=[*CONFIRMED, "updated_at"])
    contact.refresh_from_db()
    here = contact.to_on is None and not still_open.filter(contact=contact).exists()
    if here and contact.is_stale_before(answer.at):
        contact.confirm(by=by, via=contact, at=answer.at)
        contact.save(update_fields=CONFIRMED)
