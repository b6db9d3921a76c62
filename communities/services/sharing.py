"""What units share with their communities."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models.people import User
from partnerships import rules
from partnerships.models.communities import CommunityMeeting, SharedResource
from partnerships.models.enterprises import Enterprise


@transaction.atomic
def share_resource(
    meeting: CommunityMeeting,
    *,
    organisation: str,
    name: str,
    enterprise: Enterprise | None = None,
    by: User,
    at: datetime,
) -> SharedResource:
    """Enter what a unit shares with the communities."""
    rules.can_keep_programmes(by).or_raise()
    resource: SharedResource = meeting.shared_resources.create(
        organisation=organisation, name=name, enterprise=enterprise
    )
    resource.communities.set(meeting.communities.all())
    return resource
