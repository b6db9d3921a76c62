"""Asking a contact for postings and showing applicants, by a signed link: sent, sent again, passed on, withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from desk import rules
from desk.models.requests import DeskRequest
from desk.selectors.links import end_of, newest_link, request_of
from desk.services.letters import Occasion, send
from partnerships.choices.links import AGAIN, REMINDER, LinkPurpose, LinkState
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import LinkEvent, SignedLink
from partnerships.services.links import Addressee, LinkSpent, end_link, note_forwarded, refuse_more_letters
from placements.choices import STANDING
from placements.models.postings import Posting


@transaction.atomic
def ask_for_postings(
    enterprise: Enterprise, contact: Contact, *, words: str = "", by: User, at: datetime
) -> DeskRequest:
    """Ask a contact what their enterprise offers: one letter with a link. Raises RuleBroken."""
    rules.can_ask_for_postings(by).or_raise()
    return _ask(enterprise, contact, purpose=LinkPurpose.OFFER_POSTS, posting=None, words=words, by=by, at=at)


@transaction.atomic
def show_applicants(posting: Posting, contact: Contact, *, words: str = "", by: User, at: datetime) -> DeskRequest:
    """Let a contact see who applied to one posting, as often as they like until the link ends. Raises RuleBroken."""
    rules.can_show_applicants(by).or_raise()
    if posting.state not in STANDING:
        raise RuleBroken(_("This posting was never published; nobody can have applied to it."))
    purpose = LinkPurpose.SEE_APPLICANTS
    return _ask(posting.enterprise, contact, purpose=purpose, posting=posting, words=words, by=by, at=at)


def _ask(
    enterprise: Enterprise, contact: Contact, *, purpose: LinkPurpose, posting: Posting | None, words: str = "",
    by: User | None, at: datetime, occasion: Occasion | None = None,
) -> DeskRequest:  # fmt: skip
    enterprise = Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    if enterprise.archived_at is not None:
        raise RuleBroken(_("This file is closed; nobody is asked about it."))
    if contact.enterprise_id != enterprise.pk or contact.has_left(timezone.localdate(at)) or not contact.email:
        raise RuleBroken(_("%(name)s cannot be written to.") % {"name": contact.name}, field="contact")
    for other in DeskRequest.objects.filter(enterprise=enterprise, purpose=purpose, posting=posting, contact=contact):
        link = newest_link(other)
        if link is not None and end_of(link, other, now=at) is None:
            words = _("%(name)s has a link that holds. Send it again, or withdraw it first.") % {"name": contact.name}
            raise RuleBroken(words, field="contact")
    request = DeskRequest.objects.create(
        enterprise=enterprise, purpose=purpose, posting=posting, contact=contact, name=contact.name,
        email=contact.email, language=contact.language, words=words, asked_by=by, asked_at=at,
    )  # fmt: skip
    send(request, by=by, at=at, note=REMINDER if occasion else "", occasion=occasion)
    return request


@transaction.atomic
def remind_to_answer(posting: Posting, contact: Contact, *, occasion: Occasion, at: datetime) -> DeskRequest:
    """Show a contact the applicants whom an answer was promised: nobody of the school asked, the day did."""
    purpose = LinkPurpose.SEE_APPLICANTS
    return _ask(posting.enterprise, contact, purpose=purpose, posting=posting, by=None, at=at, occasion=occasion)


@transaction.atomic
def send_for(request: DeskRequest, *, occasion: Occasion, note: str, at: datetime) -> SignedLink:
    """A new letter of a request, to the address on file now, because something came of it. Raises RuleBroken."""
    request, _link = _locked(request)
    return _again(request, by=None, at=at, note=note, occasion=occasion)


def _locked(request: DeskRequest) -> tuple[DeskRequest, SignedLink]:
    """The request with its newest link, the enterprise locked: letters of one enterprise come one after the other."""
    enterprise = Enterprise.objects.select_for_update().get(pk=request.enterprise_id)
    fresh = DeskRequest.objects.select_related("contact", "posting", "asked_by").get(pk=request.pk)
    fresh.enterprise = enterprise
    link = newest_link(fresh)
    if link is None:
        raise LinkSpent(LinkState.WITHDRAWN)
    return fresh, SignedLink.objects.select_for_update(of=("self",)).select_related("enterprise", "contact").get(
        pk=link.pk
    )


@transaction.atomic
def withdraw(request: DeskRequest, *, by: User, at: datetime) -> DeskRequest:
    """End the link of a request. Raises RuleBroken where none holds."""
    rules.can_keep_request(by, request).or_raise()
    request, link = _locked(request)
    if link.used_at is not None or link.revoked_at is not None:
        raise RuleBroken(_("This link cannot be used any more."))
    end_link(link, at=at)
    return request


@transaction.atomic
def send_again(request: DeskRequest, *, by: User, at: datetime) -> SignedLink:
    """A new letter to the address that is on file now; the link before it ends. Raises RuleBroken."""
    rules.can_keep_request(by, request).or_raise()
    request, link = _locked(request)
    if link.used_at is not None or link.revoked_at is not None:
        raise RuleBroken(_("This request is over. Ask once more instead."))
    return _again(request, by=by, at=at)


def _again(
    request: DeskRequest, *, by: User | None, at: datetime, note: str = AGAIN, occasion: Occasion | None = None
) -> SignedLink:  # fmt: skip
    contact = request.contact
    if request.enterprise.archived_at is not None or (
        contact is not None and (contact.has_left(timezone.localdate(at)) or not contact.email)
    ):
        raise RuleBroken(_("%(name)s cannot be written to.") % {"name": request.name})
    if contact is not None:
        request.name, request.email, request.language = contact.name, contact.email, contact.language
        request.save(update_fields=["name", "email", "language"])
    return send(request, by=by, at=at, note=note, occasion=occasion)


def _lock_asked(link: SignedLink) -> tuple[DeskRequest, SignedLink]:
    """What a link is for, locked, with the link as it is now."""
    request = request_of(link)
    if request is None:
        raise LinkSpent(LinkState.WITHDRAWN)
    request, _newest = _locked(request)
    links = SignedLink.objects.select_for_update(of=("self",)).select_related("enterprise", "contact")
    return request, links.get(pk=link.pk)


def lock_open(link: SignedLink, *, at: datetime) -> tuple[DeskRequest, SignedLink]:
    """A link that opens something, locked until the transaction ends; raises LinkSpent."""
    request, fresh = _lock_asked(link)
    end = end_of(fresh, request, now=at)
    if end is not None:
        raise LinkSpent(end)
    return request, fresh


def _letters_about(request: DeskRequest) -> QuerySet[LinkEvent]:
    return LinkEvent.objects.filter(link__desk_link__request=request)


@transaction.atomic
def forward(link: SignedLink, *, name: str, email: str, language: str, at: datetime) -> SignedLink:
    """Pass the request on to a colleague for as long as the link held. Raises LinkSpent, RuleBroken.

    What students sent is passed on only to people of the enterprise whom the school knows.
    """
    request, link = lock_open(link, at=at)
    if email.lower() == request.email.lower():
        raise RuleBroken(_("This letter went to that address already."), field="email")
    refuse_more_letters(_letters_about(request), at=at)
    known = request.enterprise.contacts.current(timezone.localdate(at)).filter(email__iexact=email).first()
    if known is None and request.purpose == LinkPurpose.SEE_APPLICANTS:
        words = _("The school does not know this address. Ask it to add your colleague: students' papers are theirs.")
        raise RuleBroken(words, field="email")
    to = Addressee(known.name if known else name, email, known.language if known else language, known)
    note = note_forwarded(link, to, at=at)
    request.name, request.email, request.language, request.contact = to.name, to.email, to.language, known
    request.save(update_fields=["name", "email", "language", "contact"])
    return send(request, by=None, at=at, note=note, expires_at=link.expires_at)


@transaction.atomic
def send_new(link: SignedLink, *, at: datetime) -> SignedLink:
    """A letter in place of an expired or replaced one, to the address on file alone. Raises LinkSpent, RuleBroken."""
    request, link = _lock_asked(link)
    end = end_of(link, request, now=at)
    newest = newest_link(request)
    if end not in (LinkState.EXPIRED, LinkState.REPLACED) or newest is None:
        raise LinkSpent(end or LinkState.OPEN)
    if newest.used_at is not None:
        raise LinkSpent(LinkState.ANSWERED)
    gone = request.contact is not None and request.contact.has_left(timezone.localdate(at))
    if newest.revoked_at is not None or gone:
        raise LinkSpent(LinkState.WITHDRAWN)
    refuse_more_letters(_letters_about(request), at=at)
    return _again(request, by=None, at=at)
