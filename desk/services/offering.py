"""Postings that an enterprise writes itself: they arrive in review, and staff are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

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
from notifications.services import notify
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import SignedLink
from partnerships.services import timeline
from partnerships.services.links import use_up
from placements.choices import PostingSource, PostingState
from placements.models.postings import Posting
from placements.services.postings import draft_posting, move_posting

MOST_BY_ONE_LINK = 30
MOST_A_DAY = 30


@transaction.atomic
def offer_by_link(link: SignedLink, *, fields: dict[str, Any], majors: Iterable[Major], at: datetime) -> Posting:
    """One posting of the enterprise; the link stays open for the next. Raises LinkSpent, RuleBroken."""
    request, link = lock_open(link, at=at)
    if request.offers.count() >= MOST_BY_ONE_LINK:
        raise RuleBroken(_("By one link %(most)s postings are offered at most.") % {"most": MOST_BY_ONE_LINK})
    posting = _offer(
        request.enterprise, fields=fields, majors=majors, source=PostingSource.LINK, contact=link.contact, at=at
    )  # fmt: skip
    _tell(posting, request=request, name=link.name, asked_by=request.asked_by, at=at)
    return posting


@transaction.atomic
def end_offering(link: SignedLink, *, at: datetime) -> DeskRequest:
    """That was all: the link is used up. Raises LinkSpent."""
    request, link = lock_open(link, at=at)
    use_up(link, at=at)
    return request


@transaction.atomic
def offer_by_account(
    account: ContactAccount, *, fields: dict[str, Any], majors: Iterable[Major], at: datetime
) -> Posting:  # fmt: skip
    """One posting of the enterprise where the person works. Raises RuleBroken."""
    contact = account.contact
    enterprise = Enterprise.objects.select_for_update().get(pk=contact.enterprise_id)
    today = timezone.localdate(at)
    if not ContactAccount.objects.in_force(today).filter(pk=account.pk).exists():
        raise RuleBroken(_("This account has ended."))
    if PostingOffer.objects.filter(posting__enterprise=enterprise, at__date=today).count() >= MOST_A_DAY:
        raise RuleBroken(_("In one day %(most)s postings are offered at most.") % {"most": MOST_A_DAY})
    posting = _offer(enterprise, fields=fields, majors=majors, source=PostingSource.ACCOUNT, contact=contact, at=at)
    _tell(posting, request=None, name=contact.name, asked_by=account.invited_by, at=at)
    return posting


def _offer(
    enterprise: Enterprise, *, fields: dict[str, Any], majors: Iterable[Major], source: PostingSource,
    contact: Contact | None, at: datetime,
) -> Posting:  # fmt: skip
    if fields["closes_on"] < timezone.localdate(at):
        raise RuleBroken(_("The last day to apply has passed already."), field="closes_on")
    posting = draft_posting(
        enterprise, fields=fields, majors=majors, by=None, at=at, source=source, offered_by=contact
    )  # fmt: skip
    return move_posting(posting, PostingState.IN_REVIEW, by=None, at=at)


def _tell(posting: Posting, *, request: DeskRequest | None, name: str, asked_by: User, at: datetime) -> None:
    PostingOffer.objects.create(posting=posting, request=request, name=name, at=at)
    link = reverse("placements:posting", args=[posting.pk])
    text = f"{posting.title} ({name})"
    timeline.record(posting.enterprise, TimelineKind.POSTING_OFFERED, by=None, at=at, text=text, link=link)
    for person in _who_reviews(posting.enterprise, asked_by, at=at):
        with translation.override(person.language):
            context: dict[str, object] = {"posting": str(posting), "enterprise": str(posting.enterprise), "name": name}
        notify(
            person, key=f"posting:{posting.pk}:offered", matter=Matter.POSTING, template="emails/desk/offered.txt",
            context=context, at=at, link=link,
        )  # fmt: skip


def _who_reviews(enterprise: Enterprise, asked_by: User, *, at: datetime) -> list[User]:
    """Whoever asked and whoever owns the file, as far as they are still there; else the whole office."""
    near = {person.pk: person for person in (asked_by, enterprise.owner) if person is not None and person.is_active}
    return list(near.values()) or list(User.objects.holding(Role.OFFICER, on=timezone.localdate(at)))
