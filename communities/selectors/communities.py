"""Communities as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When

from accounts.models.people import User
from partnerships.choices.programmes import MemberRole
from partnerships.models.communities import Community, CommunityMeeting, Membership


def community_list(user: User) -> QuerySet[Community]:
    """Communities with “N units from M provinces”, and the school's own place in each."""
    present = Q(memberships__left_on__isnull=True)
    ours = Membership.objects.filter(is_our_school=True, left_on__isnull=True)
    return (
        Community.objects.visible_to(user)
        .annotate(
            units=Count("memberships", filter=present, distinct=True),
            provinces=Count("memberships__province", filter=present, distinct=True),
        )
        .prefetch_related(Prefetch("memberships", ours, to_attr="ours"))
        .order_by("name", "pk")
    )


@dataclass
class CommunityPage:
    """What the page of one community shows."""

    members: list[Membership]
    former_members: list[Membership]
    units: int
    provinces: int
    meetings: list[CommunityMeeting]


def community_page(community: Community) -> CommunityPage:
    """Members by the weight of their role, and meetings with all that was done there; seven queries."""
    weight = Case(
        *[When(role=role, then=Value(place)) for place, role in enumerate(MemberRole)], output_field=IntegerField()
    )
    rows = community.memberships.select_related("enterprise", "province").order_by(weight, "organisation")
    members = [member for member in rows if member.left_on is None]
    meetings = community.meetings.prefetch_related(
        "people", "resolutions", "shared_resources__enterprise", "plaques", "communities"
    )
    return CommunityPage(
        members=members,
        former_members=[member for member in rows if member.left_on is not None],
        units=len(members),
        provinces=len({member.province_id for member in members if member.province_id}),
        meetings=list(meetings),
    )
