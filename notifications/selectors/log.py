"""What was written to whom, and why."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from core.days import midnight, midnight_after
from notifications.models.messages import OutgoingMessage, OutgoingMessageQuerySet

OF_AN_ENTERPRISE = 10
LATEST = ("-queued_at", "-pk")


def log(filters: dict[str, Any]) -> OutgoingMessageQuerySet:
    """All messages that the filters of the log leave, newest first; their texts are read on their own pages."""
    rows = OutgoingMessage.objects.select_related("recipient").defer("body", "calendar", "link")
    for name in ("channel", "state", "rule"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    if filters.get("enterprise"):
        rows = rows.filter(enterprise_id=filters["enterprise"])
    if filters.get("find"):
        rows = rows.filter(_found(filters["find"].strip()))
    if filters.get("since"):
        rows = rows.filter(queued_at__gte=midnight(filters["since"]))
    if filters.get("until"):
        rows = rows.filter(queued_at__lt=midnight_after(filters["until"]))
    return rows.order_by(*LATEST)


def _found(words: str) -> Q:
    """By recipient or subject."""
    columns = ("subject", "address", "addressee", "recipient__name", "recipient__name_en", "recipient__email")
    found = Q(recipient__number=words)
    for column in columns:
        found |= Q(**{f"{column}__icontains": words})
    return found


def about_enterprises(files: QuerySet[Any]) -> OutgoingMessageQuerySet:
    """The last messages about these files, such as one and those that were merged into it."""
    return log({}).filter(enterprise_id__in=files.values("pk"))[:OF_AN_ENTERPRISE]


def logged(pk: int) -> OutgoingMessageQuerySet:
    """One message with the letter that gathered it."""
    return OutgoingMessage.objects.filter(pk=pk).select_related("recipient", "digest")
