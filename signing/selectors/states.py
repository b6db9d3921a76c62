"""How far a signer came, and why a link leads nowhere."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from partnerships.choices.agreements import AgreementState
from partnerships.choices.links import LinkState
from partnerships.models.agreements import Agreement
from partnerships.models.links import SignedLink
from partnerships.selectors.links import state_of
from signing.choices import LinkEnd, RequestState
from signing.models import SigningRequest

SIGNABLE = (AgreementState.AWAITING_SIGNATURES, AgreementState.SIGNED)


def plain_name(name: str) -> str:
    """A name as it is compared: width, case and spaces aside."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def began_at(agreement: Agreement) -> datetime | None:
    """When the agreement last came to its signatures; what was sent before was another text. Reads its moves."""
    came = [move.at for move in agreement.moves.all() if move.state == AgreementState.AWAITING_SIGNATURES]
    return max(came, default=None)


def is_of_other_text(request: SigningRequest, agreement: Agreement) -> bool:
    """Was it sent before the agreement went back to its draft? Reads agreement.moves."""
    began = began_at(agreement)
    return request.sent_at is not None and began is not None and request.sent_at < began


def is_open(request: SigningRequest) -> bool:
    return request.signed_at is None and request.declined_at is None and request.withdrawn_at is None


def request_state(
    request: SigningRequest, agreement: Agreement, *, opened_at: datetime | None, now: datetime
) -> RequestState:
    """How far a signer came; reads request.link and agreement.moves."""
    if request.withdrawn_at is not None or is_of_other_text(request, agreement):
        return RequestState.WITHDRAWN
    if request.signed_at is not None:
        return RequestState.SIGNED
    if request.declined_at is not None:
        return RequestState.DECLINED
    if request.sent_at is None:
        return RequestState.PLANNED
    if request.link is not None and request.link.expires_at <= now:
        return RequestState.EXPIRED
    return RequestState.OPENED if opened_at else RequestState.SENT


def request_of(link: SignedLink) -> SigningRequest | None:
    """What a link asks for; None once another link took its place."""
    rows = SigningRequest.objects.select_related("agreement__enterprise", "agreement__kind", "party__enterprise")
    return rows.filter(link=link).first()


def end_of(link: SignedLink, request: SigningRequest | None, *, now: datetime) -> LinkEnd | None:
    """Why nothing can be signed by this link now; None while it can."""
    state = state_of(link, now=now)
    if state == LinkState.ANSWERED:
        return LinkEnd.DECLINED if request is None or request.declined_at else LinkEnd.SIGNED
    if state in (LinkState.FORWARDED, LinkState.REPLACED, LinkState.WITHDRAWN):
        return LinkEnd(state.value)
    if request is None or not is_open(request):
        return LinkEnd.WITHDRAWN
    if request.agreement.state in (AgreementState.ENDED, AgreementState.RENEWED):
        return LinkEnd.ENDED
    if request.agreement.state not in SIGNABLE or is_of_other_text(request, request.agreement):
        return LinkEnd.TAKEN_BACK
    return LinkEnd.EXPIRED if state == LinkState.EXPIRED else None
