"""The charter and the organs of a community."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Prefetch, Q, QuerySet

from communities.choices import OrganKind, SeatRole
from communities.models.organs import Charter, Organ, Seat
from partnerships.models.communities import Community, Membership, Resolution


@dataclass(frozen=True)
class OrgansPage:
    """Organs with who sat in them on a day, those that had ended by then, and every version of the charter."""

    organs: list[Organ]
    ended: list[Organ]
    charters: list[Charter]


def seats_on(on: date) -> QuerySet[Seat]:
    """Who sat on a day; a day that nobody wrote down counts as long ago, or as not come yet."""
    begun = Q(from_on__isnull=True) | Q(from_on__lte=on)
    return Seat.objects.filter(begun, Q(to_on__isnull=True) | Q(to_on__gte=on)).select_related("membership")


def organs_page(community: Community, *, on: date) -> OrgansPage:
    """Four queries."""
    roles, kinds = list(SeatRole), list(OrganKind)
    rows = community.organs.prefetch_related(
        Prefetch("seats", seats_on(on), to_attr="sitting"),
        Prefetch("seats", Seat.objects.select_related("membership").order_by("-to_on", "pk"), to_attr="all_seats"),
    )
    organs = sorted(rows, key=lambda organ: (kinds.index(OrganKind(organ.kind)), organ.name))
    for organ in organs:
        organ.sitting.sort(key=lambda seat: (roles.index(SeatRole(seat.role)), seat.pk))
        sitting = {seat.pk for seat in organ.sitting}
        organ.others = [seat for seat in organ.all_seats if seat.pk not in sitting]  # type: ignore[attr-defined]
    charters = community.charters.select_related("resolution__meeting", "by")
    return OrgansPage(
        organs=[organ for organ in organs if organ.ended_on is None or organ.ended_on >= on],
        ended=[organ for organ in organs if organ.ended_on is not None and organ.ended_on < on],
        charters=list(charters),
    )


def next_charter(community: Community) -> int:
    """The number that the next version would have."""
    last = Charter.objects.filter(community=community).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def resolutions_of(community: Community) -> QuerySet[Resolution]:
    """What meetings of a community adopted, the newest first."""
    rows = Resolution.objects.filter(meeting__communities=community, is_adopted=True).select_related("meeting")
    return rows.order_by("-meeting__held_on", "pk")


def members_of(community: Community) -> QuerySet[Membership]:
    """Units that belong to a community or did, by name."""
    return community.memberships.order_by("organisation", "pk")
