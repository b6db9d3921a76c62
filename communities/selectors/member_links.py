"""Personal links of representatives: what they open, and whether they hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Case, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from communities.choices import MemberLinkState
from communities.models.members import MemberLink, Representative
from partnerships.models.communities import Community, Membership
from partnerships.selectors.links import digest_of


def link_by(token: str) -> MemberLink | None:
    """The link that a token opens, with whom it is for; one query."""
    links = MemberLink.objects.select_related(
        "representative__membership__community", "representative__membership__enterprise", "representative__contact"
    )
    return links.filter(digest=digest_of(token)).first()


def state_of(link: MemberLink, *, now: datetime) -> MemberLinkState:
    """What somebody finds who opens it; reads link.representative.membership and nothing else."""
    on, person = timezone.localdate(now), link.representative
    left = person.membership.left_on
    if link.revoked_at is not None:
        return MemberLinkState.REVOKED
    if (left is not None and left <= on) or person.has_left(on):
        return MemberLinkState.LEFT
    return MemberLinkState.OPEN if link.expires_at > now else MemberLinkState.EXPIRED


def language_of(person: Representative, *, otherwise: str) -> str:
    """The language of their letters: of the contact on file; reads person.contact."""
    return person.contact.language if person.contact else otherwise


def places_of(membership: Membership, *, on: date) -> QuerySet[Membership]:
    """Where the same unit belongs on a day, this place first."""
    same = Q(organisation=membership.organisation)
    if membership.enterprise_id:
        same |= Q(enterprise=membership.enterprise_id)
    places = Membership.objects.present(on).filter(same).select_related("community")
    return places.order_by(Case(When(pk=membership.pk, then=Value(0)), default=Value(1)), "pk")


def representatives_with_links(community: Community, *, now: datetime) -> list[Representative]:
    """Who speaks for present members today, each with `link_state` and their last link; two queries."""
    on = timezone.localdate(now)
    people = (
        Representative.objects.current(on)
        .filter(membership__in=community.memberships.present(on))
        .select_related("membership", "contact")
        .prefetch_related(Prefetch("links", MemberLink.objects.order_by("-issued_at", "-pk"), to_attr="all_links"))
        .order_by("membership__organisation", "pk")
    )
    return list(_with_state(people, now=now))


def _with_state(people: Iterable[Representative], *, now: datetime) -> Iterable[Representative]:
    for person in people:
        last = next(iter(person.all_links), None)  # type: ignore[attr-defined]
        if last is not None:
            last.representative = person
        person.last_link = last  # type: ignore[attr-defined]
        person.link_state = state_of(last, now=now) if last is not None else None  # type: ignore[attr-defined]
        yield person


def may_be_written_to(community: Community, *, on: date) -> QuerySet[Representative]:
    """Current representatives of present members who have an address."""
    people = Representative.objects.current(on).filter(membership__in=community.memberships.present(on))
    return people.exclude(email="").select_related("membership", "contact").order_by("membership__organisation", "pk")
