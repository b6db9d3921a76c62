"""Signed links to an enterprise's contact: sent by letter, passed on, withdrawn; one holds at a time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to_many
from partnerships import rules
from partnerships.choices.links import (
    AGAIN,
    FORWARDED,
    FORWARDED_OUTSIDE,
    REMINDER,
    LinkEventKind,
    LinkPurpose,
    LinkState,
)
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import LinkEvent, SignedLink
from partnerships.reminders.files import season
from partnerships.selectors.links import addressee, digest_of, state_of
from partnerships.services import timeline

OPENED_KEPT = 200  # scanners open without end; more than this says nothing new
LETTERS_A_DAY = 3
ASKED_JUST_NOW = timedelta(minutes=10)


class LinkSpent(RuleBroken):
    """The link cannot be used; `state` says why."""

    def __init__(self, state: LinkState) -> None:
        self.state = state
        super().__init__(_("This link cannot be used any more."))


@dataclass(frozen=True)
class Addressee:
    """Who gets a letter; `contact` when the person is on file."""

    name: str
    email: str
    language: str
    contact: Contact | None = None


def as_addressee(contact: Contact) -> Addressee:
    return Addressee(contact.name, contact.email, contact.language, contact)


def write_letter(
    enterprise: Enterprise, to: Addressee, *, year: int, by: User | None, at: datetime, note: str = "",
    expires_at: datetime | None = None,
) -> tuple[SignedLink, Letter]:  # fmt: skip
    """A new link, and its letter still to be stored; the link before it is retired. The caller has locked the file."""
    link, token = make_link(
        enterprise, to, purpose=LinkPurpose.CONFIRM_FILE, year=year, by=by, at=at, note=note,
        expires_at=expires_at or at + timedelta(days=settings.FILE_LINK_DAYS),
        replaces=_link_that_holds(enterprise, year),
    )  # fmt: skip
    return link, _letter(link, to, token=token, note=note)


def make_link(
    enterprise: Enterprise, to: Addressee, *, purpose: LinkPurpose, year: int, expires_at: datetime,
    replaces: SignedLink | None, by: User | None, at: datetime, note: str = "",
) -> tuple[SignedLink, str]:  # fmt: skip
    """A new link in place of another, and its token, which is kept nowhere. The caller has locked what it is about."""
    if replaces is not None and replaces.used_at is None and replaces.revoked_at is None:
        replaces.revoked_at = at
        replaces.save(update_fields=["revoked_at"])
    token = secrets.token_urlsafe(32)
    link = SignedLink.objects.create(
        digest=digest_of(token), purpose=purpose, enterprise=enterprise, contact=to.contact, name=to.name,
        email=to.email, year=year, issued_by=by, issued_at=at, replaces=replaces, expires_at=expires_at,
    )  # fmt: skip
    link.events.create(kind=LinkEventKind.SENT, at=at, note=note)
    return link, token


def _letter(link: SignedLink, to: Addressee, *, token: str, note: str) -> Letter:
    """The letter, in which alone the token stands."""
    with translation.override(to.language):
        enterprise = str(link.enterprise)
    forwarded_by = link.replaces.name if note.startswith(FORWARDED) and link.replaces else ""
    return Letter(
        name=to.name,
        address=to.email,
        language=to.language,
        key=f"file:{link.pk}",
        matter=Matter.ENTERPRISE,
        template="emails/partnerships/confirm_file.txt",
        context={
            "enterprise": enterprise,
            "name": to.name,
            "year": link.year,
            "until": timezone.localdate(link.expires_at),
            "is_reminder": note == REMINDER,
            "forwarded_by": forwarded_by,
        },
        link=f"{reverse('partnerships:file_link', args=[token])}?language={to.language}",
        still_due="partnerships.file",
        subject_id=link.pk,
        enterprise_id=link.enterprise_id,
    )


def _link_that_holds(enterprise: Enterprise, year: int) -> SignedLink | None:
    """The link of a file that holds, or would if it had not expired; there is one at most."""
    links = SignedLink.objects.filter(enterprise=enterprise, purpose=LinkPurpose.CONFIRM_FILE, year=year)
    return links.filter(used_at=None, revoked_at=None).first()


@transaction.atomic
def issue_link(enterprise: Enterprise, contact: Contact, *, year: int, by: User | None, at: datetime) -> SignedLink:
    """Ask a contact to confirm the file: one letter with a new link. Raises RuleBroken.

    `by` is the colleague who asks; nobody when the season does.
    """
    enterprise = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    if by is not None:
        rules.can_change_enterprise(by, enterprise).or_raise()
    if enterprise.archived_at is not None:
        raise RuleBroken(_("This file is closed; nobody is asked about it."))
    has_left = contact.has_left(timezone.localdate(at))
    if contact.enterprise_id != enterprise.pk or has_left or not contact.email:
        raise RuleBroken(_("%(name)s cannot be written to.") % {"name": contact.name})
    links = SignedLink.objects.usable(at).filter(
        enterprise=enterprise, purpose=LinkPurpose.CONFIRM_FILE, email=contact.email
    )
    if links.filter(issued_at__gt=at - ASKED_JUST_NOW).exists():
        raise RuleBroken(_("%(name)s was asked a few minutes ago.") % {"name": contact.name})
    link, letter = write_letter(enterprise, as_addressee(contact), year=year, by=by, at=at)
    write_to_many([letter], at=at)
    timeline.record(enterprise, TimelineKind.FILE_ASKED, by=by, at=at, text=contact.name)
    return link


def ask(enterprise: Enterprise, *, by: User, at: datetime) -> SignedLink:
    """Ask the enterprise's first contact now, whatever the season. Raises RuleBroken where nobody can be written to."""
    today = timezone.localdate(at)
    contact = addressee(enterprise, on=today)
    if contact is None:
        raise RuleBroken(_("No current contact of this enterprise has an e-mail address."))
    return issue_link(enterprise, contact, year=season(today) or today.year, by=by, at=at)


@transaction.atomic
def revoke_link(link: SignedLink, *, by: User, at: datetime) -> SignedLink:
    """Withdraw a link before it is used; raises RuleBroken when there is nothing to withdraw."""
    link = _locked(link)
    rules.can_change_enterprise(by, link.enterprise).or_raise()
    if link.used_at is not None or link.revoked_at is not None:
        raise RuleBroken(_("This link cannot be used any more."))
    end_link(link, at=at)
    return link


def end_link(link: SignedLink, *, at: datetime) -> None:
    """Withdraw a locked link that holds."""
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    link.events.create(kind=LinkEventKind.REVOKED, at=at)


def use_up(link: SignedLink, *, at: datetime) -> None:
    """What a locked link was for is done."""
    link.used_at = at
    link.save(update_fields=["used_at"])
    link.events.create(kind=LinkEventKind.SUBMITTED, at=at)


@transaction.atomic
def forward_link(link: SignedLink, *, name: str, email: str, language: str, at: datetime) -> SignedLink:
    """Pass the request on to a colleague, for as long as it held; raises LinkSpent and RuleBroken."""
    enterprise = Enterprise.objects.select_for_update().get(pk=link.enterprise_id)
    link = lock_usable(link, at=at)
    refuse_more_letters(_letters_about(link), at=at)
    known = enterprise.contacts.current(timezone.localdate(at)).filter(email__iexact=email).first()
    to = Addressee(name, email, known.language if known else language, known)
    note = note_forwarded(link, to, at=at)
    new, letter = write_letter(enterprise, to, year=link.year, by=None, at=at, note=note, expires_at=link.expires_at)
    write_to_many([letter], at=at)
    text = f"{link.name} → {name} <{email}>"
    timeline.record(enterprise, TimelineKind.FILE_ASKED, by=None, at=at, text=text, detail=note)
    return new


@transaction.atomic
def send_new_link(link: SignedLink, *, language: str, at: datetime) -> SignedLink:
    """A letter in place of an expired or replaced one, to the address on file alone. Raises LinkSpent, RuleBroken."""
    enterprise = Enterprise.objects.select_for_update().get(pk=link.enterprise_id)
    state = state_of(_locked(link), now=at)
    if state not in (LinkState.EXPIRED, LinkState.REPLACED):
        raise LinkSpent(state)
    refuse_more_letters(_letters_about(link), at=at)
    last = SignedLink.objects.filter(enterprise=enterprise, purpose=link.purpose, year=link.year).first() or link
    if last.used_at is not None:
        raise LinkSpent(LinkState.ANSWERED)
    to = Addressee(last.name, last.email, language)
    if last.contact is not None:
        if last.contact.has_left(timezone.localdate(at)) or not last.contact.email:
            raise LinkSpent(LinkState.WITHDRAWN)
        to = as_addressee(last.contact)
    new, letter = write_letter(enterprise, to, year=link.year, by=None, at=at, note=AGAIN)
    write_to_many([letter], at=at)
    timeline.record(enterprise, TimelineKind.FILE_ASKED, by=None, at=at, text=to.name, detail=AGAIN)
    return new


def note_forwarded(link: SignedLink, to: Addressee, *, at: datetime) -> str:
    """Keep to whom a link was passed on; returns whether that is at another domain, as the new link's note."""
    link.events.create(kind=LinkEventKind.FORWARDED, at=at, note=f"{to.name} <{to.email}>"[:200])
    return FORWARDED if is_same_domain(link.email, to.email) else FORWARDED_OUTSIDE


def lock_usable(link: SignedLink, *, at: datetime) -> SignedLink:
    """The link, locked until the transaction ends; raises LinkSpent when it cannot be used."""
    link = _locked(link)
    state = state_of(link, now=at)
    if state != LinkState.OPEN:
        raise LinkSpent(state)
    return link


def _locked(link: SignedLink) -> SignedLink:
    links = SignedLink.objects.select_for_update(of=("self",)).select_related("enterprise", "contact")
    return links.get(pk=link.pk)


def _letters_about(link: SignedLink) -> QuerySet[LinkEvent]:
    return LinkEvent.objects.filter(link__enterprise=link.enterprise_id, link__purpose=link.purpose)


def refuse_more_letters(letters: QuerySet[LinkEvent], *, at: datetime) -> None:
    """Whoever holds a link cannot make the portal write without end; `letters` are those that count. RuleBroken."""
    sent = letters.filter(kind=LinkEventKind.SENT, at__gt=at - timedelta(days=1))
    if sent.count() >= LETTERS_A_DAY:
        raise RuleBroken(_("Several letters were sent today already. Please look for them, or try again tomorrow."))


def is_same_domain(one: str, other: str) -> bool:
    return one.rpartition("@")[2].lower() == other.rpartition("@")[2].lower()


def note_opened(link: SignedLink, *, at: datetime, note: str = "") -> None:
    """Somebody or something opened the link; nothing else follows from it."""
    if link.events.filter(kind=LinkEventKind.OPENED).count() < OPENED_KEPT:
        link.events.create(kind=LinkEventKind.OPENED, at=at, note=note)


def note_refused(link: SignedLink, *, at: datetime, state: LinkState) -> None:
    """Somebody tried to use a link that cannot be used."""
    if link.events.filter(kind=LinkEventKind.REFUSED).count() < OPENED_KEPT:
        link.events.create(kind=LinkEventKind.REFUSED, at=at, note=state.value)
