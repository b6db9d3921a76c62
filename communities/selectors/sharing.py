"""What members share with each other, and who asked for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When

from accounts.models.people import User
from communities.choices import RequestState
from communities.models.members import MemberLink
from communities.models.sharing import ResourceRequest
from communities.selectors.member_links import places_of
from partnerships.models.communities import Community, Membership, SharedResource

Choices = list[tuple[str, str]]
WISHES = 50  # of one community, on its page


def shared_now(on: date) -> QuerySet[SharedResource]:
    """What can be asked for on a day."""
    return SharedResource.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))


def _narrowed(rows: QuerySet[SharedResource], filters: dict[str, Any]) -> QuerySet[SharedResource]:
    if words := filters.get("find"):
        named = Q(name__icontains=words) | Q(description__icontains=words) | Q(organisation__icontains=words)
        rows = rows.filter(named | Q(place__icontains=words) | Q(conditions__icontains=words))
    if filters.get("kind"):
        rows = rows.filter(kind=filters["kind"])
    if filters.get("unit"):
        rows = rows.filter(organisation=filters["unit"])
    return rows


def resources_of(community: Community, filters: dict[str, Any], *, on: date) -> QuerySet[SharedResource]:
    """What is shared in one community, with how often it was asked for; over ones only when asked for."""
    rows = SharedResource.objects if filters.get("ended") else shared_now(on)
    among = SharedResource.communities.through.objects.filter(community=community, sharedresource=OuterRef("pk"))
    open_ones = Q(requests__state=RequestState.ASKED)
    return (
        _narrowed(rows.filter(Exists(among)), filters)
        .select_related("enterprise")
        .annotate(asked=Count("requests"), waiting=Count("requests", filter=open_ones))
        .order_by("organisation", "name", "pk")
    )


def units_sharing(community: Community) -> Choices:
    """Who shares something in a community, as choices of a filter."""
    names = community.shared_resources.order_by("organisation").values_list("organisation", flat=True).distinct()
    return [(name, name) for name in names]


def requests_of(community: Community) -> QuerySet[ResourceRequest]:
    """What members of one community asked for: those that wait first."""
    return (
        ResourceRequest.objects.filter(membership__community=community)
        .select_related("resource", "membership", "answered_by")
        .order_by(Case(When(state=RequestState.ASKED, then=Value(0)), default=Value(1)), "-asked_at", "-pk")
    )


def unanswered(user: User) -> int:
    """Wishes that wait for the office; nothing for who cannot answer them."""
    return ResourceRequest.objects.filter(state=RequestState.ASKED).count() if user.is_office else 0


def is_own(resource: SharedResource, membership: Membership) -> bool:
    """Whether a member shares this itself."""
    if resource.enterprise_id and resource.enterprise_id == membership.enterprise_id:
        return True
    return resource.organisation == membership.organisation


def of_link(link: MemberLink, *, on: date) -> QuerySet[SharedResource]:
    """Everything that was ever shared in the communities of the link's member; nothing of any other."""
    places = places_of(link.representative.membership, on=on).order_by().values("community")
    among = SharedResource.communities.through.objects.filter(community__in=places, sharedresource=OuterRef("pk"))
    return SharedResource.objects.filter(Exists(among))


def found_by_link(link: MemberLink, filters: dict[str, Any], *, on: date) -> QuerySet[SharedResource]:
    """What a member can find today."""
    rows = of_link(link, on=on).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
    return _narrowed(rows, filters).order_by("organisation", "name", "pk")


def units_by_link(link: MemberLink, *, on: date) -> Choices:
    names = found_by_link(link, {}, on=on).order_by("organisation").values_list("organisation", flat=True).distinct()
    return [(name, name) for name in names]


def asked_by_link(link: MemberLink) -> QuerySet[ResourceRequest]:
    """What this representative asked for so far."""
    rows = ResourceRequest.objects.filter(representative=link.representative_id)
    return rows.select_related("resource").order_by("-asked_at", "-pk")


def resource_with_communities(user: User, pk: int) -> QuerySet[SharedResource]:
    """A resource of communities that this person sees, with them."""
    visible = Community.objects.visible_to(user)
    rows = SharedResource.objects.filter(pk=pk, communities__in=visible).distinct()
    return rows.prefetch_related(Prefetch("communities", visible))
