"""Signers who said nothing: who is reminded, and whether a message still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from notifications.models.messages import OutgoingMessage
from notifications.occasions import Asked, Occasion
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
    """Whose letter was not followed by a reminder; colleagues are told once by the key."""
    reminded = LinkEvent.objects.filter(link=OuterRef("link"), kind=LinkEventKind.SENT, note=REMINDER)
    return waiting(now).filter(
        ~Exists(reminded),
        agreement__state=AgreementState.AWAITING_SIGNATURES,
        way__in=(SignatureWay.LINK, SignatureWay.PORTAL),
    )


def silent_requests(asked: Asked) -> Iterator[Occasion]:
    """Who was asked some days ago and said nothing."""
    first, last = asked.around
    rows = asked.narrowed(requests_to_remind_of(asked.now)).filter(sent_at__date__range=(first, last))
    requests = list(rows.select_related("agreement", "user").order_by("sent_at", "pk"))
    told = _told(requests)
    for request in requests:
        assert request.sent_at is not None  # noqa: S101 - asked above
        on = timezone.localdate(request.sent_at)
        mark = asked.mark_of(on)
        if mark is not None and request.pk not in told:
            yield Occasion(
                subject_id=request.pk,
                on=on,
                mark=mark,
                people={"signer": [request.user if request.way == SignatureWay.PORTAL else request]},
                link=reverse("agreements:agreement", args=[request.agreement_id]),
                enterprise_id=request.agreement.enterprise_id,
            )


def reminder_key(request: SigningRequest) -> str:
    """The key of the reminder of a colleague, who has no link."""
    return f"signing:{request.pk}:{REMINDER}:{request.sent_at:%Y%m%dT%H%M%S}"


def _told(requests: list[SigningRequest]) -> set[int]:
    """The requests of colleagues who were reminded already."""
    keys = {reminder_key(request): request.pk for request in requests if request.way == SignatureWay.PORTAL}
    rows = OutgoingMessage.objects.filter(key__in=keys)
    return {keys[key] for key in rows.values_list("key", flat=True)}


def link_still_to_sign(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: this very link is still to be answered."""
    return waiting(now).filter(link=subject_id).exists()


def request_still_to_sign(subject_id: int, *, now: datetime) -> bool:
    """The same for a colleague, who has no link."""
    return waiting(now).filter(pk=subject_id).exists()
