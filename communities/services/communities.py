"""Communities as the office keeps them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models.people import User
from partnerships import rules
from partnerships.choices.programmes import CommunityLevel
from partnerships.models.communities import Community


@transaction.atomic
def found_community(*, name: str, level: CommunityLevel, industry: str, by: User, at: datetime) -> Community:
    """Enter a community."""
    rules.can_keep_programmes(by).or_raise()
    return Community.objects.create(name=name, level=level, industry=industry)
