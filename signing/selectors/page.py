"""What the page of an agreement's signing shows: per party who is to sign, and how far each came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models.people import User
from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import SignatureWay
from partnerships.choices.links import FORWARDED, FORWARDED_OUTSIDE, LinkEventKind
from partnerships.models.agreements import Agreement, AgreementMove, AgreementParty, Signature
from partnerships.models.links import SignedLink
from signing.choices import RequestState
from signing.models import SigningRequest, Verification
from signing.selectors.states import SIGNABLE, is_of_other_text, is_open, request_state


@dataclass(frozen=True)
class Line:
    """One person who was asked, or who signed without being asked."""

    name: str
    title: str
    way: str
    state: RequestState
    request: SigningRequest | None = None
    signature: Signature | None = None
    opened_at: datetime | None = None
    forwarded_by: str = ""
    is_outside: bool = False
    came_back: bool = False
    is_open: bool = False
    signs_here: bool = False


@dataclass(frozen=True)
class PartyLines:
    party: AgreementParty
    lines: list[Line]
    has_signed: bool


def agreement_to_sign(user: User) -> QuerySet[Agreement]:
    """Agreements with parties, signers, signatures and links, in a fixed number of queries."""
    key = Concat(Value("signing:"), Cast(OuterRef("link"), CharField()))
    failed = OutgoingMessage.objects.filter(key=key, recipient=None, state=MessageState.FAILED)
    opened = Max("link__events__at", filter=Q(link__events__kind=LinkEventKind.OPENED))
    requests = SigningRequest.objects.select_related("user", "signature", "link__replaces")
    requests = requests.prefetch_related("link__events").annotate(opened_at=opened, came_back=Exists(failed))
    return (
        Agreement.objects.visible_to(user)
        .select_related("enterprise", "kind", "verification__file")
        .prefetch_related(
            "signatures",
            Prefetch("moves", AgreementMove.objects.order_by("at", "pk")),
            Prefetch("parties", AgreementParty.objects.select_related("enterprise")),
            Prefetch("signing_requests", requests.order_by("pk")),
        )
    )


def parties_of(agreement: Agreement, user: User, *, now: datetime) -> list[PartyLines]:
    """The parties in their order; asks the database nothing for an agreement of agreement_to_sign."""
    return [_party(agreement, party, user, now=now) for party in agreement.parties.all()]


def _party(agreement: Agreement, party: AgreementParty, user: User, *, now: datetime) -> PartyLines:
    requests = [row for row in agreement.signing_requests.all() if row.party_id == party.pk]
    lines = [_asked(agreement, row, user, now=now) for row in requests]
    told = {row.signature_id for row in requests}
    signatures = [row for row in agreement.signatures.all() if _is_of(row, party)]
    lines += [_unasked(row) for row in signatures if row.pk not in told]
    return PartyLines(party, lines, has_signed=bool(signatures))


def _is_of(signature: Signature, party: AgreementParty) -> bool:
    """A signature from before parties were rows is its side's."""
    return signature.party_id == party.pk or (signature.party_id is None and signature.side == party.side)


def _asked(agreement: Agreement, request: SigningRequest, user: User, *, now: datetime) -> Line:
    opened_at = request.opened_at  # type: ignore[attr-defined]  # annotated
    link = request.link
    note = _how_it_came(link)
    holds = is_open(request) and not is_of_other_text(request, agreement)
    here = request.way == SignatureWay.PORTAL and request.user_id == user.pk and request.sent_at is not None
    return Line(
        name=request.name,
        title=request.title,
        way=request.get_way_display(),
        state=request_state(request, agreement, opened_at=opened_at, now=now),
        request=request,
        signature=request.signature,
        opened_at=opened_at,
        forwarded_by=link.replaces.name if link and link.replaces and note else "",
        is_outside=note == FORWARDED_OUTSIDE,
        came_back=request.came_back,  # type: ignore[attr-defined]  # annotated
        is_open=is_open(request),
        signs_here=here and holds and agreement.state in SIGNABLE,
    )


def _how_it_came(link: SignedLink | None) -> str:
    """Whether the link that holds was passed on, and how far away."""
    events = link.events.all() if link else ()
    notes = [event.note for event in events if event.kind == LinkEventKind.SENT]
    return next((note for note in notes if note in (FORWARDED, FORWARDED_OUTSIDE)), "")


def _unasked(signature: Signature) -> Line:
    way = signature.get_way_display()
    return Line(signature.name, signature.title, way, RequestState.SIGNED, signature=signature)


def anyone_planned(parties: Iterable[PartyLines]) -> bool:
    """Is there somebody who was named and not asked yet?"""
    states = {line.state for each in parties for line in each.lines if line.is_open}
    return RequestState.PLANNED in states


def verification_of(agreement: Agreement) -> Verification | None:
    return getattr(agreement, "verification", None)
