"""The number of unread messages for the bell, read only where a page shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models.people import User
from notifications.models.messages import OutgoingMessage


def inbox(request: HttpRequest) -> dict[str, Any]:
    """`unread`: how many messages the signed-in person has not opened; one query, when shown."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"unread": 0}
    return {"unread": SimpleLazyObject(lambda: OutgoingMessage.objects.inbox_of(user).unread().count())}
