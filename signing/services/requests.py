"""Who is to sign: named, changed, asked, asked again, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from partnerships.choices.agreements import AgreementState, SignatureWay
from partnerships.choices.links import AGAIN
from partnerships.models.agreements import Agreement, AgreementParty
from partnerships.models.contacts import Contact
from partnerships.services.links import end_link
from signing import rules
from signing.choices import ASKED, CHANGED, WITHDRAWN
from signing.models import SigningRequest
from signing.selectors.states import is_of_other_text, is_open, plain_name
from signing.services.letters import deliver
from signing.services.telling import tell
from signing.services.verification import begin, refuse_without_text


@dataclass(frozen=True, kw_only=True)
class Signer:
    """A person who may sign for a party: a contact, a colleague, or somebody by name."""

    way: SignatureWay
    name: str
    title: str = ""
    email: str = ""
    contact: Contact | None = None
    user: User | None = None


@transaction.atomic
def add_signer(party: AgreementParty, signer: Signer, *, by: User, at: datetime) -> SigningRequest:
    """Say who is to sign for a party; nothing is sent. Raises RuleBroken."""
    rules.can_prepare_signing(by).or_raise()
    agreement = lock(party.agreement)
    if agreement.state in (AgreementState.ENDED, AgreementState.RENEWED):
        raise RuleBroken(_("This agreement has ended; nobody signs it any more."))
    _check(party, agreement, signer)
    request = SigningRequest(agreement=agreement, party=party, requested_by=by)
    return _become(request, signer)


def _become(request: SigningRequest, signer: Signer) -> SigningRequest:
    request.way, request.name, request.title, request.email = signer.way, signer.name, signer.title, signer.email
    request.contact, request.user = signer.contact, signer.user
    request.save()
    return request


def _check(party: AgreementParty, agreement: Agreement, signer: Signer, *, but: SigningRequest | None = None) -> None:
    """Refuse who cannot be asked this way, or is asked already."""
    if signer.contact is not None and signer.contact.enterprise_id != party.enterprise_id:
        raise RuleBroken(_("%(name)s is no contact of this party.") % {"name": signer.contact}, field="contact")
    if signer.user is not None and not party.is_school:
        raise RuleBroken(_("A colleague signs for the school only."), field="user")
    if signer.way == SignatureWay.LINK and not signer.email:
        raise RuleBroken(_("A signed link needs an e-mail address."), field="email")
    if signer.way == SignatureWay.PORTAL and signer.user is None:
        raise RuleBroken(_("In the portal only a colleague can sign: choose one."), field="user")
    if signer.user is not None and signer.way == SignatureWay.PORTAL:
        _refuse(rules.can_be_asked(signer.user, agreement).reason, "user")
    _refuse(rules.can_sign_for(party, agreement, way=signer.way, user=signer.user).reason, "way")
    others = [other for other in SigningRequest.objects.filter(party=party) if other != but]
    if any(_is_asked(other, agreement, signer.name) for other in others):
        raise RuleBroken(_("%(name)s is among those who sign already.") % {"name": signer.name}, field="name")


def _refuse(reason: str, field: str) -> None:
    if reason:
        raise RuleBroken(reason, field=field)


def _is_asked(request: SigningRequest, agreement: Agreement, name: str) -> bool:
    holds = (is_open(request) or request.signed_at is not None) and not is_of_other_text(request, agreement)
    return holds and plain_name(request.name) == plain_name(name)


def lock_request(request: SigningRequest) -> SigningRequest:
    """The request as it is now, its agreement and itself locked until the transaction ends."""
    agreement = lock(request.agreement)
    rows = SigningRequest.objects.select_for_update(of=("self",)).select_related(
        "party__enterprise", "link", "contact", "user"
    )
    fresh = rows.get(pk=request.pk)
    fresh.agreement = agreement
    return fresh


def _open_one(request: SigningRequest, *, by: User) -> SigningRequest:
    rules.can_prepare_signing(by).or_raise()
    request = lock_request(request)
    if not is_open(request):
        raise RuleBroken(_("%(name)s is not asked any more: signed, declined or withdrawn.") % {"name": request.name})
    return request


@transaction.atomic
def change_signer(request: SigningRequest, signer: Signer, *, by: User, at: datetime) -> SigningRequest:
    """Let somebody else sign, or in another way; a link that was sent is withdrawn. Nothing is sent yet."""
    request = _open_one(request, by=by)
    _check(request.party, request.agreement, signer, but=request)
    before = request.name
    _end_link(request, at=at)
    was_sent, request.sent_at, request.link = request.sent_at is not None, None, None
    _become(request, signer)
    if was_sent:
        tell(request.agreement, request.party, CHANGED, text=f"{before} → {signer.name}", by=by, at=at)
    return request


def _end_link(request: SigningRequest, *, at: datetime) -> None:
    link = request.link
    if link is not None and link.used_at is None and link.revoked_at is None:
        end_link(link, at=at)


@transaction.atomic
def withdraw_request(request: SigningRequest, *, by: User, at: datetime) -> SigningRequest:
    """Ask this person no more; a planned signer simply goes."""
    request = _open_one(request, by=by)
    _end_link(request, at=at)
    request.withdrawn_at = at
    request.save(update_fields=["withdrawn_at"])
    if request.sent_at is not None:
        tell(request.agreement, request.party, WITHDRAWN, text=request.name, by=by, at=at)
    return request


@transaction.atomic
def send_request(request: SigningRequest, *, by: User, at: datetime) -> SigningRequest:
    """Ask this person to sign, for the first time or again: a new link, which retires the one before."""
    request = _open_one(request, by=by)
    _send(request, by=by, at=at)
    return request


@transaction.atomic
def send_all(agreement: Agreement, *, by: User, at: datetime) -> int:
    """Ask everyone who was named and not asked yet; returns how many. Raises RuleBroken where there is nobody."""
    rules.can_prepare_signing(by).or_raise()
    agreement = lock(agreement)
    asked = 0
    for request in agreement.signing_requests.all():
        planned = request.sent_at is None or is_of_other_text(request, agreement)
        if planned and is_open(request):
            _send(lock_request(request), by=by, at=at)
            asked += 1
    if not asked:
        raise RuleBroken(_("Nobody is left to be asked. Add a signer first."))
    return asked


def _send(request: SigningRequest, *, by: User, at: datetime) -> None:
    agreement = request.agreement
    verification = begin(agreement, by=by, at=at)
    refuse_without_text(verification, request.way)
    _refuse(rules.can_sign_for(request.party, agreement, way=request.way, user=request.user).reason, "way")
    note = AGAIN if request.sent_at is not None and not is_of_other_text(request, agreement) else ""
    request.sent_at = at
    request.save(update_fields=["sent_at"])
    deliver(request, verification, by=by, at=at, note=note)
    tell(agreement, request.party, note or ASKED, text=request.name, by=by, at=at)
