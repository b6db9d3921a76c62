"""Signers who said nothing: who is reminded, and whether a message still holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from partnerships.choices.agreements import AgreementState, SignatureWay
from partnerships.choices.links import REMINDER, LinkEventKind
from partnerships.models.agreements import AgreementMove
from partnerships.models.links import LinkEvent, SignedLink
from signing.models import SigningRequest


def waiting(now: datetime) -> QuerySet[SigningRequest]:
    """Sent, not answered, able to be answered: for agreements that await signatures or may have one more."""
    came = AgreementMove.objects.filter(agreement=OuterRef("agreement"), state=AgreementState.AWAITING_SIGNATURES)
    rows = SigningRequest.objects.annotate(began=Subquery(came.order_by("-at").values("at")[:1]))
    return rows.filter(
        Q(began=None) | Q(sent_at__gte=F("began")),
        Q(link=None) | Q(link__in=SignedLink.objects.usable(now)),
        sent_at__isnull=False,
        signed_at=None,
        declined_at=None,
        withdrawn_at=None,
        agreement__state__in=(AgreementState.AWAITING_SIGNATURES, AgreementState.SIGNED),
    )


def requests_to_remind_of(now: datetime) -> QuerySet[SigningRequest]:
    """Whose letter is some days old and was not followed by a reminder; colleagues are told once by the key."""
    days = settings.SIGNING_REMINDER_DAYS
    if not days:
        return SigningRequest.objects.none()
    reminded = LinkEvent.objects.filter(link=OuterRef("link"), kind=LinkEventKind.SENT, note=REMINDER)
    rows = waiting(now).filter(
        ~Exists(reminded),
        agreement__state=AgreementState.AWAITING_SIGNATURES,
        sent_at__lte=now - timedelta(days=days),
        way__in=(SignatureWay.LINK, SignatureWay.PORTAL),
    )
    return rows.order_by("sent_at", "pk")


def link_still_to_sign(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: this very link is still to be answered."""
    return waiting(now).filter(link=subject_id).exists()


def request_still_to_sign(subject_id: int, *, now: datetime) -> bool:
    """The same for a colleague, who has no link."""
    return waiting(now).filter(pk=subject_id).exists()
