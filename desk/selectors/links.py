"""Requests to contacts of enterprises, and what their links open now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone

from desk.models.requests import DeskLink, DeskRequest
from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.choices.links import LinkEventKind, LinkPurpose, LinkState
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import SignedLink
from partnerships.selectors.links import state_of
from placements.models.postings import Posting


def key_of(link: SignedLink) -> str:
    """The key of the letter in which a link stands."""
    return f"desk:{link.pk}"


def request_of(link: SignedLink) -> DeskRequest | None:
    """What a link is for; nothing where the posting went, and its request with it."""
    requests = DeskRequest.objects.select_related("enterprise", "contact", "posting", "asked_by")
    return requests.filter(links__link=link).first()


def newest_link(request: DeskRequest) -> SignedLink | None:
    """The link of a request that holds, or held last."""
    last = DeskLink.objects.filter(request=request).select_related("link__enterprise", "link__contact").first()
    return last.link if last else None


def is_withdrawn(request: DeskRequest) -> bool:
    """Whether staff ended the last link of a request: nothing opens it again by itself."""
    link = newest_link(request)
    return link is not None and link.revoked_at is not None


def last_shown(posting: Posting, *, on: date) -> DeskRequest | None:
    """By what somebody who still works there was shown the applicants of a posting last."""
    there = Q(contact__to_on__isnull=True) | Q(contact__to_on__gte=on)
    rows = posting.desk_requests.filter(there, purpose=LinkPurpose.SEE_APPLICANTS, contact__isnull=False)
    return rows.exclude(contact__email="").select_related("enterprise", "contact", "posting").first()


def end_of(link: SignedLink, request: DeskRequest | None, *, now: datetime) -> LinkState | None:
    """Why a link opens nothing now; None while it does. Whoever has left the enterprise has no link any more.

    What students sent is shown to people on file alone.
    """
    state = state_of(link, now=now)
    if state == LinkState.OPEN:
        if link.contact is None:
            gone = link.purpose == LinkPurpose.SEE_APPLICANTS
        else:
            gone = link.contact.has_left(timezone.localdate(now))
        return LinkState.WITHDRAWN if gone or request is None else None
    return state


@dataclass(frozen=True)
class RequestRow:
    """A request on the page of its enterprise: how its newest letter stands, and what came of it."""

    request: DeskRequest
    state: LinkState
    opened_at: datetime | None
    came_back: bool
    offers: int

    @property
    def is_open(self) -> bool:
        return self.state == LinkState.OPEN

    @property
    def may_be_sent_again(self) -> bool:
        return self.state in (LinkState.OPEN, LinkState.EXPIRED)


def request_rows(enterprise: Enterprise, *, now: datetime) -> list[RequestRow]:
    """The requests to the people of an enterprise, newest first; a fixed number of queries."""
    opened = Max("link__events__at", filter=Q(link__events__kind=LinkEventKind.OPENED))
    links = DeskLink.objects.annotate(opened_at=opened).select_related("link__enterprise", "link__contact")
    requests = list(
        enterprise.desk_requests.select_related("posting", "asked_by")
        .annotate(offered=Count("offers"))
        .order_by("-asked_at", "-pk")  # counting drops the order of the table
        .prefetch_related(Prefetch("links", links.order_by("-pk")))[:50]
    )
    newest = {request.pk: next(iter(request.links.all()), None) for request in requests}
    keys = [key_of(last.link) for last in newest.values() if last]
    letters = OutgoingMessage.objects.filter(key__in=keys, recipient=None, state=MessageState.FAILED)
    failed = set(letters.values_list("key", flat=True))
    return [_row(request, newest[request.pk], failed, now=now) for request in requests]


def _row(request: DeskRequest, last: DeskLink | None, failed: set[str], *, now: datetime) -> RequestRow:
    # A newest link that was revoked was withdrawn by staff: replaced ones have a newer one after them.
    if last is None or last.link.revoked_at is not None:
        state = LinkState.WITHDRAWN
    else:
        state = end_of(last.link, request, now=now) or LinkState.OPEN
    opened = [each.opened_at for each in request.links.all() if each.opened_at]  # type: ignore[attr-defined]
    return RequestRow(
        request=request,
        state=state,
        opened_at=max(opened, default=None),
        came_back=last is not None and key_of(last.link) in failed,
        offers=request.offered,  # type: ignore[attr-defined]
    )
