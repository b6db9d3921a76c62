"""The saved views of a list."""

from __future__ import annotations

from accounts.models.people import User
from partnerships.models.lists import SavedView, SavedViewQuerySet


def views_of(user: User, page: str) -> SavedViewQuerySet:
    """One's own views of a list and those that are shared, by name."""
    return SavedView.objects.visible_to(user).filter(page=page)
