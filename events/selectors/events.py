"""What the pages of events need."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.models.people import User
from events.models import Event, EventQuerySet


def event_list(user: User, wanted: dict[str, Any]) -> EventQuerySet:
    """Newest first; see EventFilter for the keys."""
    rows = Event.objects.visible_to(user)
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    words = (wanted.get("find") or "").strip()
    if words:
        of_enterprise = Event.enterprises.through._default_manager.filter(
            Q(enterprise__legal_name__icontains=words) | Q(enterprise__name_en__icontains=words)
        )
        rows = rows.filter(Q(name__icontains=words) | Q(pk__in=of_enterprise.values("event")))
    return rows.prefetch_related("enterprises")
