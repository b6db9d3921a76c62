"""What is due and for whom: turns of saved searches, and followed postings that close soon; reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from following.choices import Frequency
from following.models import FollowedEnterprise, FollowedPosting, SavedSearch
from following.selectors.news import closing_soon
from following.selectors.stopping import stop_path
from notifications.choices import Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from placements.models.postings import Posting

# Who began to follow within a day of the reminder has just read the closing day.
KNOWS_IT = timedelta(days=1)


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


def _words(follow: FollowedPosting, days: int, to: User) -> Words:
    posting = follow.posting
    return {
        "posting": str(posting),
        "enterprise": str(posting.enterprise),
        "closes_on": posting.closes_on,
        "days": days,
        "stop": f"{settings.SITE_URL}{stop_path(follow)}",
    }


def _closing(asked: Asked) -> Iterator[Occasion]:
    follows = asked.narrowed(closing_soon(asked.today, asked.around[1]).filter(at__lte=asked.now - KNOWS_IT))
    for follow in follows.iterator(chunk_size=2000):
        closes = follow.posting.closes_on
        mark = asked.mark_of(closes)
        if mark is not None:
            yield Occasion(
                subject_id=follow.pk,
                on=closes,
                mark=mark,
                people={"student": [follow.user]},
                words=partial(_words, follow, (closes - asked.today).days),
                link=reverse("placements:posting", args=[follow.posting_id]),
                enterprise_id=follow.posting.enterprise_id,
            )


RULES = (
    Rule(
        slug="following.closing",
        name=_("Followed posting closes"),
        about=_("A posting that somebody follows and has not applied to closes soon."),
        matter=Matter.POSTING,
        template="emails/following/closes_soon.txt",
        terms=Terms(marks=(-3,), until=0, audiences=("student",)),
        audiences={"student": _("Student")},
        find=_closing,
    ),
)
