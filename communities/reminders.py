"""Whether a letter of a community still holds when it is about to leave."""

from __future__ import annotations

from datetime import datetime

from communities.choices import MemberLinkState
from communities.models.members import MemberLink
from communities.selectors.member_links import state_of


def link_still_holds(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the link was not withdrawn, and the person still speaks for a member."""
    link = MemberLink.objects.filter(pk=subject_id).select_related("representative__membership").first()
    return link is not None and state_of(link, now=now) == MemberLinkState.OPEN
