"""Who of an enterprise can be written to, and who has an account."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from partnerships.models.contacts import ContactQuerySet
from partnerships.models.enterprises import Enterprise


def people_of(enterprise: Enterprise, *, on: date) -> ContactQuerySet:
    """Its people of today, and those who left with an account that still stands; the account comes along."""
    rows = enterprise.contacts.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=on) | Q(account__isnull=False, account__ended_at=None)
    )
    return rows.select_related("account__user", "account__invited_by").order_by("-is_primary", "pk")
