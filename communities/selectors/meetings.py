"""Meetings of communities."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models.people import User
from partnerships.models.communities import Community, CommunityMeeting, Resolution


def meetings_of(community: Community, filters: dict[str, Any]) -> QuerySet[CommunityMeeting]:
    """The meetings of one community, the newest first, with all that was done there."""
    rows = community.meetings.all()
    if words := filters.get("find"):
        rows = rows.filter(name__icontains=words) | rows.filter(place__icontains=words)
    if filters.get("kind"):
        rows = rows.filter(kind=filters["kind"])
    return rows.distinct().prefetch_related(
        "people", "resolutions", "shared_resources__enterprise", "plaques", "communities"
    )


def meetings_visible_to(user: User) -> QuerySet[CommunityMeeting]:
    return CommunityMeeting.objects.filter(communities__in=Community.objects.visible_to(user)).distinct()


def resolutions_visible_to(user: User) -> QuerySet[Resolution]:
    return Resolution.objects.filter(meeting__in=meetings_visible_to(user)).select_related("meeting")
