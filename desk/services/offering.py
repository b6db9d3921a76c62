"""Postings that an enterprise writes itself: they arrive in review, and staff are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from accounts.models.school import Major
from core.errors import RuleBroken
from desk.models.accounts import ContactAccount
from desk.models.requests import DeskRequest, PostingOffer
from desk.services.requests import lock_open
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.changes import Change
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import SignedLink
from partnerships.services import timeline
from partnerships.services.links import use_up
from placements.choices import PostingSource, PostingState
from placements.models.postings import Posting
from placements.services.posting_rows import PostingRows
from placements.services.postings import draft_posting, move_posting, rewrite_offer

MOST_BY_ONE_LINK = 30
MOST_A_DAY = 30
AGAIN = "again"  # the detail of an entry on the timeline


class Said(TypedDict):
    """A posting in the enterprise's words."""

    fields: dict[str, Any]
    majors: list[Major]
    rows: PostingRows


@transaction.atomic
def offer_by_link(link: SignedLink, *, said: Said, at: datetime) -> Posting:
    """One posting of the enterprise; the link stays open for the next. Raises LinkSpent, RuleBroken."""
    request, link = lock_open(link, at=at)
    if request.offers.count() >= MOST_BY_ONE_LINK:
        raise RuleBroken(_("By one link %(most)s postings are offered at most.") % {"most": MOST_BY_ONE_LINK})
    posting = _offer(request.enterprise, said, source=PostingSource.LINK, contact=link.contact, at=at)
    PostingOffer.objects.create(posting=posting, request=request, name=link.name, at=at)
    _tell(posting, name=link.name, asked_by=request.asked_by, at=at)
    return posting


@transaction.atomic
def correct_by_link(link: SignedLink, posting: Posting, *, version: int, said: Said, at: datetime) -> Posting:
    """Offer anew what was sent back, by a link of its request. Raises LinkSpent, StaleEdit, RuleBroken."""
    request, link = lock_open(link, at=at)
    offer = request.offers.select_for_update().get(posting=posting)
    return _correct(offer, version=version, said=said, name=link.name, asked_by=request.asked_by, at=at)


@transaction.atomic
def end_offering(link: SignedLink, *, at: datetime) -> DeskRequest:
    """That was all: the link is used up. Raises LinkSpent."""
    request, link = lock_open(link, at=at)
    use_up(link, at=at)
    return request


@transaction.atomic
def offer_by_account(account: ContactAccount, *, said: Said, at: datetime) -> Posting:
    """One posting of the enterprise where the person works. Raises RuleBroken."""
    contact, today = account.contact, timezone.localdate(at)
    enterprise = _lock_for(account, at=at)
    if PostingOffer.objects.filter(posting__enterprise=enterprise, at__date=today).count() >= MOST_A_DAY:
        raise RuleBroken(_("In one day %(most)s postings are offered at most.") % {"most": MOST_A_DAY})
    posting = _offer(enterprise, said, source=PostingSource.ACCOUNT, contact=contact, at=at)
    PostingOffer.objects.create(posting=posting, name=contact.name, at=at)
    _tell(posting, name=contact.name, asked_by=account.invited_by, at=at)
    return posting


@transaction.atomic
def correct_by_account(
    account: ContactAccount, posting: Posting, *, version: int, said: Said, at: datetime
) -> Posting:  # fmt: skip
    """Offer anew what was sent back to the enterprise, whoever of it wrote it first. Raises StaleEdit, RuleBroken."""
    enterprise = _lock_for(account, at=at)
    offer = PostingOffer.objects.select_for_update().get(posting=posting, posting__enterprise=enterprise)
    name = account.contact.name
    return _correct(offer, version=version, said=said, name=name, asked_by=account.invited_by, at=at)


def _lock_for(account: ContactAccount, *, at: datetime) -> Enterprise:
    """The enterprise of an account that opens something, locked."""
    enterprise = Enterprise.objects.select_for_update().get(pk=account.contact.enterprise_id)
    if not ContactAccount.objects.in_force(timezone.localdate(at)).filter(pk=account.pk).exists():
        raise RuleBroken(_("This account has ended."))
    return enterprise


def _offer(
    enterprise: Enterprise, said: Said, *, source: PostingSource, contact: Contact | None, at: datetime
) -> Posting:  # fmt: skip
    _refuse_past(said, at=at)
    posting = draft_posting(enterprise, **said, by=None, at=at, source=source, offered_by=contact)
    return move_posting(posting, PostingState.IN_REVIEW, by=None, at=at)


def _correct(
    offer: PostingOffer, *, version: int, said: Said, name: str, asked_by: User | None, at: datetime
) -> Posting:  # fmt: skip
    _refuse_past(said, at=at)
    posting, changes = rewrite_offer(offer.posting, version=version, **said, at=at)
    offer.told = PostingState.IN_REVIEW
    offer.save(update_fields=["told"])
    _tell(posting, name=name, asked_by=asked_by, at=at, changes=changes, detail=AGAIN)
    return posting


def _refuse_past(said: Said, *, at: datetime) -> None:
    if said["fields"]["closes_on"] < timezone.localdate(at):
        raise RuleBroken(_("The last day to apply has passed already."), field="closes_on")


def _tell(
    posting: Posting, *, name: str, asked_by: User | None, at: datetime, changes: list[Change] | None = None,
    detail: str = "",
) -> None:  # fmt: skip
    link = reverse("placements:posting", args=[posting.pk])
    timeline.record(
        posting.enterprise, TimelineKind.POSTING_OFFERED, by=None, at=at, text=f"{posting.title} ({name})",
        detail=detail, link=link, changes=changes,
    )  # fmt: skip
    key = f"posting:{posting.pk}:offered" + (f":{posting.version}" if detail else "")
    for person in _who_reviews(posting.enterprise, asked_by, at=at):
        with translation.override(person.language):
            context: dict[str, object] = {
                "posting": str(posting), "enterprise": str(posting.enterprise), "name": name, "again": detail == AGAIN,
                "state": posting.state,
            }  # fmt: skip
        notify(
            person, key=key, matter=Matter.POSTING, template="emails/desk/offered.txt", context=context, at=at,
            link=link,
        )  # fmt: skip


def _who_reviews(enterprise: Enterprise, asked_by: User | None, *, at: datetime) -> list[User]:
    """Whoever asked and whoever owns the file, as far as they are still there; else the whole office."""
    near = {person.pk: person for person in (asked_by, enterprise.owner) if person is not None and person.is_active}
    return list(near.values()) or list(User.objects.holding(Role.OFFICER, on=timezone.localdate(at)))
