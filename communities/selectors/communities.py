"""Communities as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.models.people import User
from communities.selectors.members import MemberCount, count_rows, role_weight
from partnerships.choices.programmes import MemberRole
from partnerships.models.communities import Community, CommunityMeeting, Membership

NO_ROLE = "none"
LEADING = 12
SORTS = {
    "units": (F("units").desc(), "name", "pk"),
    "provinces": (F("provinces").desc(), "name", "pk"),
    "newest": (F("founded_on").desc(nulls_last=True), "name", "pk"),
}


def community_list(user: User, chosen: dict[str, Any], *, on: date) -> QuerySet[Community]:
    """Communities with “N units from M provinces” of a day, and the school's own place in each."""
    joined = Q(memberships__joined_on__isnull=True) | Q(memberships__joined_on__lte=on)
    present = joined & (Q(memberships__left_on__isnull=True) | Q(memberships__left_on__gt=on))
    unit = Coalesce(
        Cast("memberships__enterprise", CharField()),
        Concat(Value("·"), F("memberships__organisation")),
        output_field=CharField(),
    )
    ours = Membership.objects.present(on).filter(is_our_school=True, community=OuterRef("pk")).order_by("pk")
    rows = Community.objects.visible_to(user).annotate(
        units=Count(unit, filter=present, distinct=True),
        provinces=Count("memberships__province", filter=present, distinct=True),
        our_role=Subquery(ours.values("role")[:1]),
    )
    return _narrowed(rows, chosen).order_by(*SORTS.get(chosen.get("sort", ""), ("name", "pk")))


def _narrowed(rows: QuerySet[Community], chosen: dict[str, Any]) -> QuerySet[Community]:
    for name in ("kind", "level"):
        if value := chosen.get(name):
            rows = rows.filter(**{name: value})
    if role := chosen.get("role"):
        rows = rows.filter(Q(our_role__isnull=True) if role == NO_ROLE else Q(our_role=role))
    if words := chosen.get("find", "").strip():
        texts = ("name", "industry", "document", "secretariat")
        found = Q()
        for text in texts:
            found |= Q(**{f"{text}__icontains": words})
        rows = rows.filter(found)
    return rows


def shown(page: Page[Community]) -> Page[Community]:
    """The rows of a page with the words of the school's role."""
    for community in page:
        row: Any = community
        row.our_role_words = MemberRole(row.our_role).label if row.our_role else ""
    return page


@dataclass
class CommunityPage:
    """What the page of one community shows; `ours` is the school's own membership."""

    members: Sequence[Membership]
    counted: MemberCount
    ours: Membership | None
    meetings: list[CommunityMeeting]


def community_page(community: Community, *, on: date) -> CommunityPage:
    """The leading members of a day, how many there are, and meetings with all that was done there; seven queries."""
    rows = community.memberships.present(on).select_related("enterprise", "province")
    members = list(rows.order_by(role_weight("role"), "organisation", "pk"))
    meetings = community.meetings.prefetch_related(
        "people", "resolutions", "shared_resources__enterprise", "plaques", "communities"
    )
    return CommunityPage(
        members=members[:LEADING],
        counted=count_rows(members),
        ours=next((member for member in members if member.is_our_school), None),
        meetings=list(meetings),
    )
