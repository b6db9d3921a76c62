"""A new address for somebody's calendar."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models.people import User
from calendars.models import Feed


@transaction.atomic
def reset_feed(user: User, *, at: datetime) -> None:
    """From now on the old address leads nowhere."""
    feed, _is_new = Feed.objects.get_or_create(user=user)
    Feed.objects.filter(pk=feed.pk).update(generation=F("generation") + 1, reset_at=at)
