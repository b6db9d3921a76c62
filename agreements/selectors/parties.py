"""Enterprises that may join an agreement."""

from __future__ import annotations

from accounts.models.people import User
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.selectors.enterprise_search import enterprises_found

SHOWN = 8


def units_found(user: User, agreement: Agreement, words: str) -> list[Enterprise]:
    """Current files whose name or credit code holds these words and that are no party yet."""
    found = enterprises_found(words)
    if found is None:
        return []
    rows = Enterprise.objects.visible_to(user).current().filter(found)
    return list(rows.exclude(parties__agreement=agreement).order_by("name_sort", "pk")[:SHOWN])
