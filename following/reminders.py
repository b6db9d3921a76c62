"""What is due and for whom: turns of saved searches, and followed postings that close soon; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models.people import User
from following.choices import Frequency
from following.models import FollowedEnterprise, FollowedPosting, SavedSearch
from following.selectors.news import closing_soon
from placements.models.applications import Application
from placements.models.postings import Posting

CLOSING_DAYS = 3
# Who began to follow within a day of the reminder has just read the closing day.
KNOWS_IT = timedelta(days=1)


@dataclass(frozen=True)
class Closing:
    """One message to one person; the key changes when the closing day does."""

    key: str
    follow: FollowedPosting
    days: int

    @property
    def to(self) -> User:
        return self.follow.user


def last_turn(frequency: Frequency, now: datetime) -> datetime:
    """When a search of this pace was last to be looked at: at its hour, once a week on Monday."""
    if frequency == Frequency.AT_ONCE:
        return now
    local = timezone.localtime(now)
    turn = timezone.make_aware(datetime.combine(local.date(), time(settings.FOLLOWING_HOUR)))
    if turn > now:
        turn -= timedelta(days=1)
    return turn - timedelta(days=turn.weekday()) if frequency == Frequency.WEEKLY else turn


def due_searches(frequency: Frequency, now: datetime) -> QuerySet[SavedSearch]:
    rows = SavedSearch.objects.filter(frequency=frequency, told_until__lt=last_turn(frequency, now))
    return rows.filter(user__is_active=True).order_by("pk")


def closing_reminders(now: datetime) -> Iterator[Closing]:
    """Every reminder that should exist by now, including ones already queued."""
    today = timezone.localdate(now)
    follows = closing_soon(today, today + timedelta(days=CLOSING_DAYS))
    for follow in follows.filter(at__lte=now - KNOWS_IT):
        closes = follow.posting.closes_on
        yield Closing(
            key=f"followed:{follow.posting_id}:closes:{closes:%Y%m%d}", follow=follow, days=(closes - today).days
        )


def search_still_wanted(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending."""
    return SavedSearch.objects.filter(pk=subject_id).exclude(frequency=Frequency.NEVER).exists()


def enterprise_still_followed(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending."""
    return FollowedEnterprise.objects.filter(pk=subject_id).exists()


def posting_still_open(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending."""
    follow = FollowedPosting.objects.filter(pk=subject_id).first()
    return follow is not None and Posting.objects.open(timezone.localdate(now)).filter(pk=follow.posting_id).exists()


def still_to_apply(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending."""
    follow = FollowedPosting.objects.filter(pk=subject_id).first()
    if follow is None or Application.objects.filter(posting=follow.posting_id, student=follow.user_id).exists():
        return False
    return Posting.objects.open(timezone.localdate(now)).filter(pk=follow.posting_id).exists()
