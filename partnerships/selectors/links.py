"""Signed links, and what the enterprise's page says of this year's answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from notifications.choices import MessageState
from notifications.models.messages import OutgoingMessage
from partnerships.choices.links import (
    FILE_FIELDS,
    PERSON_FIELDS,
    LinkEventKind,
    LinkPurpose,
    LinkState,
    ProposalState,
)
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import FileAnswer, SignedLink


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_by(token: str, purpose: LinkPurpose) -> SignedLink | None:
    """The link of a purpose that a token opens, with its file and contact; one query."""
    links = SignedLink.objects.select_related("enterprise", "contact", "answer")
    return links.filter(digest=digest_of(token), purpose=purpose).first()


def state_of(link: SignedLink, *, now: datetime) -> LinkState:
    """What somebody finds who opens it; asks the database only for a link that was withdrawn."""
    if link.used_at is not None:
        return LinkState.ANSWERED
    if link.revoked_at is not None:
        return _why_revoked(link)
    if link.enterprise.archived_at is not None:
        return LinkState.WITHDRAWN
    return LinkState.OPEN if link.expires_at > now else LinkState.EXPIRED


def _why_revoked(link: SignedLink) -> LinkState:
    kinds = set(link.events.filter(kind__in=("forwarded", "revoked")).values_list("kind", flat=True))
    if LinkEventKind.FORWARDED in kinds:
        return LinkState.FORWARDED
    return LinkState.WITHDRAWN if LinkEventKind.REVOKED in kinds else LinkState.REPLACED


def addressees(enterprises: Iterable[Enterprise], *, on: date) -> dict[int, Contact]:
    """Whom to write to at each enterprise: its first contact, else whoever came first; one query."""
    people = Contact.objects.current(on).filter(enterprise__in=list(enterprises)).exclude(email="")
    found: dict[int, Contact] = {}
    for contact in people.order_by("-is_primary", "pk"):
        found.setdefault(contact.enterprise_id, contact)
    return found


def addressee(enterprise: Enterprise, *, on: date) -> Contact | None:
    return addressees([enterprise], on=on).get(enterprise.pk)


Texts = dict[str, str]


def as_text(value: object) -> str:
    """A fact as it is read and compared; nothing for none."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def file_texts(enterprise: Enterprise) -> Texts:
    """The facts of the file that an enterprise reads and may correct, and nothing else."""
    return {name: as_text(getattr(enterprise, name)) for name in FILE_FIELDS}


def person_texts(link: SignedLink) -> Texts:
    """What is on file of the person asked; of somebody who is not on file what their letter says."""
    if link.contact is None:
        return {"name": link.name, "title": "", "phone": "", "email": link.email}
    return {name: as_text(getattr(link.contact, name)) for name in PERSON_FIELDS}


def came_back() -> Exists:
    """For SignedLink: its letter did not arrive."""
    key = Concat(Value("file:"), Cast(OuterRef("pk"), CharField()))
    return Exists(OutgoingMessage.objects.filter(key=key, recipient=None, state=MessageState.FAILED))


@dataclass(frozen=True)
class YearAnswer:
    """What the enterprise's page says of the last year that it was asked about."""

    year: int
    last: SignedLink
    state: LinkState | None
    asked_at: datetime
    opened_at: datetime | None
    came_back: bool
    answer: FileAnswer | None
    open_proposals: int


def year_answer(enterprise: Enterprise, *, now: datetime) -> YearAnswer | None:
    """The last year's links of one enterprise put together; one query. None where nobody was ever asked."""
    links = list(_with_outcome(SignedLink.objects.filter(enterprise=enterprise, purpose=LinkPurpose.CONFIRM_FILE)))
    if not links:
        return None
    last = links[0]
    same = [link for link in links if link.year == last.year]
    answers = [link.answer for link in same if hasattr(link, "answer")]
    opened = [link.opened_at for link in same if link.opened_at]  # type: ignore[attr-defined]
    holds = last.used_at is None and last.revoked_at is None
    return YearAnswer(
        year=last.year,
        last=last,
        state=(LinkState.OPEN if last.expires_at > now else LinkState.EXPIRED) if holds else None,
        asked_at=min(link.issued_at for link in same),
        opened_at=max(opened, default=None),
        came_back=last.came_back,  # type: ignore[attr-defined]
        answer=answers[0] if answers else None,
        open_proposals=sum(link.open_proposals for link in links),  # type: ignore[attr-defined]
    )


def _with_outcome(links: QuerySet[SignedLink]) -> QuerySet[SignedLink]:
    return (
        links.select_related("answer")
        .annotate(
            opened_at=Max("events__at", filter=Q(events__kind=LinkEventKind.OPENED)),
            came_back=came_back(),
            open_proposals=Count(
                "answer__proposals", filter=Q(answer__proposals__state=ProposalState.OPEN), distinct=True
            ),
        )
        .order_by("-issued_at", "-pk")[:20]
    )
