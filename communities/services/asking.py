"""Asking for what other members share, and the office's answer."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from communities.choices import NEXT_REQUEST, MemberLinkState, RequestState
from communities.models.members import MemberLink
from communities.models.sharing import ResourceRequest
from communities.selectors.member_links import places_of, state_of
from communities.selectors.sharing import is_own
from core.errors import RuleBroken
from notifications.choices import Matter
from notifications.services.letters import Letter, write_to
from partnerships.models.communities import Membership, SharedResource


@transaction.atomic
def enter_request(
    resource: SharedResource, *, membership: Membership, name: str, purpose: str, by: User, at: datetime,
    email: str = "", language: str = "", from_on: date | None = None, to_on: date | None = None,
) -> ResourceRequest:  # fmt: skip
    """The office writes down what a member wishes; raises RuleBroken."""
    rules.can_keep_communities(by).or_raise()
    resource = SharedResource.objects.select_for_update().get(pk=resource.pk)
    membership = Membership.objects.get(pk=membership.pk)
    _may_be_asked_for(resource, membership, at=at)
    _in_order(from_on, to_on)
    return ResourceRequest.objects.create(
        resource=resource, membership=membership, name=name, email=email, purpose=purpose, from_on=from_on,
        to_on=to_on, language=language or settings.LANGUAGE_CODE, asked_at=at,
    )  # fmt: skip


@transaction.atomic
def ask_by_link(
    link: MemberLink, resource: SharedResource, *, purpose: str, language: str, at: datetime,
    from_on: date | None = None, to_on: date | None = None,
) -> ResourceRequest:  # fmt: skip
    """A representative asks by their own link, for any place of their unit; raises RuleBroken."""
    link = _usable(link, at=at)
    person = link.representative
    resource = SharedResource.objects.select_for_update().get(pk=resource.pk)
    shared_with = set(resource.communities.values_list("pk", flat=True))
    places = places_of(person.membership, on=timezone.localdate(at))
    membership = next((place for place in places if place.community_id in shared_with), person.membership)
    _may_be_asked_for(resource, membership, at=at)
    _in_order(from_on, to_on)
    return ResourceRequest.objects.create(
        resource=resource, membership=membership, representative=person, name=person.name, email=person.email,
        language=language, purpose=purpose, from_on=from_on, to_on=to_on, asked_at=at,
    )  # fmt: skip


def _usable(link: MemberLink, *, at: datetime) -> MemberLink:
    links = MemberLink.objects.select_for_update(of=("self",)).select_related("representative__membership")
    link = links.get(pk=link.pk)
    if state_of(link, now=at) != MemberLinkState.OPEN:
        raise RuleBroken(_("This link cannot be used any more."))
    return link


def _may_be_asked_for(resource: SharedResource, membership: Membership, *, at: datetime) -> None:
    on = timezone.localdate(at)
    if not Membership.objects.present(on).filter(pk=membership.pk).exists():
        words = _("%(member)s is no longer a member and cannot ask.")
        raise RuleBroken(words % {"member": membership.organisation}, field="membership")
    if not resource.communities.filter(pk=membership.community_id).exists():
        raise RuleBroken(_("This is not shared with the community of that member."), field="membership")
    if resource.ended_on is not None and resource.ended_on < on:
        raise RuleBroken(_("This is no longer shared."))
    if is_own(resource, membership):
        raise RuleBroken(_("A member does not ask for what it shares itself."), field="membership")


def _in_order(from_on: date | None, to_on: date | None) -> None:
    if from_on and to_on and to_on < from_on:
        raise RuleBroken(_("The end cannot lie before the beginning."), field="to_on")


@transaction.atomic
def answer_request(
    request: ResourceRequest, state: RequestState, *, answer: str = "", by: User, at: datetime
) -> ResourceRequest:
    """The office answers, or says that the use is over; who asked gets a letter. Raises RuleBroken."""
    rules.can_keep_communities(by).or_raise()
    request = _locked(request)
    if state == RequestState.REFUSED and not answer:
        raise RuleBroken(_("Say why it is refused."), field="answer")
    _move(request, state)
    request.answered_by, request.answered_at = by, at
    request.answer = answer or request.answer
    request.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if state in (RequestState.GRANTED, RequestState.REFUSED):
        _tell(request, at=at)
    return request


@transaction.atomic
def withdraw_by_link(link: MemberLink, request: ResourceRequest, *, at: datetime) -> ResourceRequest:
    """A representative takes back what they asked for themselves."""
    link = _usable(link, at=at)
    request = _locked(request)
    if request.representative_id != link.representative_id:
        raise RuleBroken(_("This wish is somebody else's."))
    _move(request, RequestState.WITHDRAWN)
    request.save(update_fields=["state"])
    return request


def _locked(request: ResourceRequest) -> ResourceRequest:
    rows = ResourceRequest.objects.select_for_update(of=("self",)).select_related("resource", "membership__community")
    return rows.get(pk=request.pk)


def _move(request: ResourceRequest, to: RequestState) -> None:
    if to not in NEXT_REQUEST[RequestState(request.state)]:
        now = request.get_state_display()
        raise RuleBroken(_("This wish is “%(now)s” and cannot become “%(next)s”.") % {"now": now, "next": to.label})
    request.state = to


def _tell(request: ResourceRequest, *, at: datetime) -> None:
    write_to(Letter(
        name=request.name,
        address=request.email,
        language=request.language,
        key=f"resource-request:{request.pk}:{request.state}",
        matter=Matter.ENTERPRISE,
        template="emails/communities/request_answered.txt",
        context={
            "name": request.name, "resource": request.resource.name, "unit": request.resource.organisation,
            "is_granted": request.state == RequestState.GRANTED, "answer": request.answer,
            "community": request.membership.community.name, "from_on": request.from_on, "to_on": request.to_on,
        },
        ), at=at)  # fmt: skip
