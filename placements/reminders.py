"""Postings that are about to close; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from accounts.models.people import User
from placements.models.postings import Posting

LEAD_DAYS = (1, 7)  # nearest first


@dataclass(frozen=True)
class Reminder:
    """One message to one person; the key changes when the closing day does."""

    key: str
    to: User
    posting: Posting
    days: int
    applications: int


def due_reminders(now: datetime) -> Iterator[Reminder]:
    """Every reminder that should exist by now, including ones already queued.

    Each lead time covers a band of days (0 to 1, 2 to 7), so that a posting published at the last
    minute gets one reminder and a scheduler that slept catches up.
    """
    today = timezone.localdate(now)
    nearest = today
    for lead in LEAD_DAYS:
        last = today + timedelta(days=lead)
        closing = Posting.objects.open(today).filter(closes_on__gte=nearest, closes_on__lte=last)
        counts = dict(closing.order_by().values_list("pk").annotate(Count("applications")))
        for posting in closing.select_related("created_by", "enterprise__owner"):
            for person in who_looks_after(posting):
                yield Reminder(
                    key=f"posting:{posting.pk}:{lead}d:{posting.closes_on:%Y%m%d}",
                    to=person,
                    posting=posting,
                    days=(posting.closes_on - today).days,
                    applications=counts.get(posting.pk, 0),
                )
        nearest = last + timedelta(days=1)


def who_looks_after(posting: Posting) -> list[User]:
    """Its author and the owner of the enterprise, each once."""
    people = [posting.created_by, posting.enterprise.owner]
    return list({person.pk: person for person in people if person is not None and person.is_active}.values())


def posting_still_open(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending."""
    return Posting.objects.open(timezone.localdate(now)).filter(pk=subject_id).exists()
