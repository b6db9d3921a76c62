"""Signing itself, and saying no: by signed link, in the portal, on paper. Once, and never before it was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from agreements.services.agreements import add_agreement_file
from agreements.services.signatures import add_signature
from core.errors import RuleBroken
from core.saving import lock
from partnerships.choices.agreements import AgreementFileKind, AgreementState, SignatureWay
from partnerships.choices.links import FORWARDED, FORWARDED_OUTSIDE, LinkPurpose
from partnerships.models.agreements import AgreementParty, Signature
from partnerships.models.links import LinkEvent, SignedLink
from partnerships.services.links import (
    Addressee,
    LinkSpent,
    end_link,
    lock_usable,
    note_forwarded,
    refuse_more_letters,
    use_up,
)
from signing import rules
from signing.choices import DECLINED, SIGNED, LinkEnd
from signing.models import SigningRequest
from signing.selectors.states import SIGNABLE, end_of, is_of_other_text, is_open, plain_name, request_of
from signing.services.letters import deliver
from signing.services.requests import lock_request
from signing.services.telling import tell, tell_owner
from signing.services.verification import begin


class NothingToSign(RuleBroken):
    """The link leads nowhere any more; `end` says why."""

    def __init__(self, end: LinkEnd) -> None:
        self.end = end
        super().__init__(_("This link cannot be used any more."))


def _locked(link: SignedLink, *, at: datetime) -> tuple[SigningRequest, SignedLink]:
    """The request and its link, locked and able to be answered; the agreement is locked first, as everywhere."""
    request = request_of(link)
    request = lock_request(request) if request is not None else None
    link = SignedLink.objects.select_related("enterprise").get(pk=link.pk)
    if request is None:
        raise NothingToSign(end_of(link, None, now=at) or LinkEnd.WITHDRAWN)
    end = end_of(link, request if request.link_id == link.pk else None, now=at)
    if end is not None:
        raise NothingToSign(end)
    try:
        return request, lock_usable(link, at=at)
    except LinkSpent:
        raise NothingToSign(LinkEnd.WITHDRAWN) from None


def _refuse_other_name(typed: str, names: Iterable[str]) -> None:
    expected = [name for name in names if name]
    if plain_name(typed) not in {plain_name(name) for name in expected}:
        words = _("Please type the name of who was asked to sign: %(name)s.")
        raise RuleBroken(words % {"name": expected[0]}, field="typed_name")


def _sign(request: SigningRequest, *, by: User | None, at: datetime, signed_on: date | None = None) -> Signature:
    """Write the signature of a locked request, and say so; the last one completes the agreement."""
    agreement, party = request.agreement, request.party
    was_signed = agreement.state == AgreementState.SIGNED
    signature = add_signature(
        agreement, side=party.side, party=party, name=request.name, title=request.title, way=SignatureWay(request.way),
        signed_on=signed_on or timezone.localdate(at), by=by, at=at,
    )  # fmt: skip
    request.agreement = signature.agreement
    request.signed_at, request.signature = at, signature
    request.save()
    tell(agreement, party, SIGNED, text=request.name, by=by, at=at)
    all_signed = not was_signed and signature.agreement.state == AgreementState.SIGNED
    tell_owner(request, SIGNED, key=f"signing:{request.pk}:signed", by=by, at=at, all_signed=all_signed)
    return signature


@transaction.atomic
def sign_by_link(link: SignedLink, *, typed_name: str, at: datetime) -> Signature:
    """Sign, once, as who the link was sent to. Raises NothingToSign, and RuleBroken for another name."""
    request, link = _locked(link, at=at)
    _refuse_other_name(typed_name, [request.name])
    use_up(link, at=at)
    return _sign(request, by=None, at=at)


@transaction.atomic
def decline_by_link(link: SignedLink, *, reason: str, at: datetime) -> SigningRequest:
    """Say no and why; the link is used up. Raises NothingToSign."""
    request, link = _locked(link, at=at)
    use_up(link, at=at)
    return _decline(request, reason=reason, by=None, at=at)


def _decline(request: SigningRequest, *, reason: str, by: User | None, at: datetime) -> SigningRequest:
    if not reason.strip():
        raise RuleBroken(_("Please say why."), field="reason")
    request.declined_at, request.reason = at, reason.strip()
    request.save(update_fields=["declined_at", "reason"])
    tell(request.agreement, request.party, DECLINED, text=f"{request.name}: {reason}", by=by, at=at)
    key = f"signing:{request.pk}:declined"
    tell_owner(request, DECLINED, key=key, by=by, at=at, more=request.reason, all_signed=False)
    return request


@transaction.atomic
def forward(link: SignedLink, *, name: str, email: str, language: str, at: datetime) -> SigningRequest:
    """Pass the request on to who signs instead, for as long as it held. Raises NothingToSign and RuleBroken."""
    request, link = _locked(link, at=at)
    if email.lower() == request.email.lower():
        raise RuleBroken(_("This letter went to that address already."), field="email")
    passed_on = LinkEvent.objects.filter(
        note__in=(FORWARDED, FORWARDED_OUTSIDE), link__purpose=LinkPurpose.SIGN_AGREEMENT,
        link__enterprise=link.enterprise_id,
    )  # fmt: skip
    refuse_more_letters(passed_on, at=at)
    enterprise = request.party.enterprise
    current = enterprise.contacts.current(timezone.localdate(at)) if enterprise else None
    known = current.filter(email__iexact=email).first() if current is not None else None
    to = Addressee(name, email, known.language if known else language, known)
    note, more = note_forwarded(link, to, at=at), f"{request.name} → {name} <{email}>"
    request.name, request.email, request.title = name, email, known.title if known else ""
    request.contact, request.user, request.sent_at = known, None, at
    request.save()
    verification = request.agreement.verification
    deliver(request, verification, by=None, at=at, note=note, language=to.language, expires_at=link.expires_at)
    tell(request.agreement, request.party, note, text=more, by=None, at=at)
    tell_owner(request, note, key=f"signing:{request.link_id}:forwarded", by=None, at=at, more=more, all_signed=False)
    return request


def _here(request: SigningRequest, *, by: User) -> SigningRequest:
    """A request to sign in the portal, locked, when this person can answer it now."""
    rules.can_sign(by, request).or_raise()
    request = lock_request(request)
    rules.can_sign(by, request).or_raise()
    if request.sent_at is None:
        raise RuleBroken(_("This has not been sent out for signing yet."))
    if not is_open(request) or request.way != SignatureWay.PORTAL:
        raise RuleBroken(_("There is nothing to sign here any more."))
    if request.agreement.state not in SIGNABLE or is_of_other_text(request, request.agreement):
        raise RuleBroken(_("The agreement was taken back; there is nothing to sign now."))
    return request


@transaction.atomic
def sign_here(request: SigningRequest, *, typed_name: str, by: User, at: datetime) -> Signature:
    """Sign as a colleague who is signed in. Raises RuleBroken and PermissionDenied."""
    request = _here(request, by=by)
    rules.can_sign_for(request.party, request.agreement, way=request.way, user=by).or_raise()
    _refuse_other_name(typed_name, [request.name, by.name, by.name_en])
    return _sign(request, by=by, at=at)


@transaction.atomic
def decline_here(request: SigningRequest, *, reason: str, by: User, at: datetime) -> SigningRequest:
    return _decline(_here(request, by=by), reason=reason, by=by, at=at)


@transaction.atomic
def record_on_paper(
    party: AgreementParty, *, way: SignatureWay, name: str, title: str = "", signed_on: date, by: User, at: datetime,
    by_leadership: bool = False, scan: File[Any] | None = None,
) -> Signature:  # fmt: skip
    """File what was signed on paper or by electronic seal; who was asked is taken as having signed. RuleBroken."""
    rules.can_prepare_signing(by).or_raise()
    agreement = lock(party.agreement)
    if agreement.state not in SIGNABLE:
        raise RuleBroken(_("Signatures are recorded while an agreement awaits them."))
    if way not in (SignatureWay.PAPER, SignatureWay.SEAL):
        raise RuleBroken(_("The office records what was signed on paper or by seal."), field="way")
    if signed_on > timezone.localdate(at):
        raise RuleBroken(_("A signature is not given in the future."), field="signed_on")
    if party.is_school and agreement.kind.needs_leadership and not by_leadership:
        words = _("A framework agreement is signed by leadership for the school: say that this person is one of them.")
        raise RuleBroken(words, field="by_leadership")
    request = _asked(party, name=name, way=way, by=by)
    if request.sent_at is not None and signed_on < timezone.localdate(request.sent_at):
        raise RuleBroken(_("This is before the day on which it was sent out."), field="signed_on")
    if request.link is not None and request.link.used_at is None and request.link.revoked_at is None:
        end_link(request.link, at=at)
    request.way, request.title, request.sent_at = way, title or request.title, request.sent_at or at
    request.save()
    begin(agreement, by=by, at=at)
    signature = _sign(request, by=by, at=at, signed_on=signed_on)
    if scan is not None:
        add_agreement_file(signature.agreement, kind=AgreementFileKind.SIGNED_COPY, file=scan, by=by, at=at)
    return signature


def _asked(party: AgreementParty, *, name: str, way: SignatureWay, by: User) -> SigningRequest:
    """Who was asked under this name and has not signed, else somebody new; locked."""
    for request in SigningRequest.objects.filter(party=party).select_related("agreement"):
        if is_open(request) and plain_name(request.name) == plain_name(name):
            if is_of_other_text(request, request.agreement):
                continue
            return lock_request(request)
    request = SigningRequest.objects.create(
        agreement=party.agreement, party=party, way=way, name=name, requested_by=by
    )  # fmt: skip
    return lock_request(request)
