"""What is new, and to whom; reads only."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from following.models import FollowedEnterprise, FollowedPosting, ToldPosting
from placements.models.applications import Application
from placements.models.postings import Posting, PostingQuerySet

# Who was away for longer hears of it no more: news of last month is none.
FRESH = timedelta(days=7)


def opened_since(since: datetime, *, on: date) -> PostingQuerySet:
    """Open on a day, and not yet open at a moment: published since, or announced before and begun since."""
    began = Q(published_at__gt=since) | Q(opens_on__gt=timezone.localdate(since))
    return Posting.objects.open(on).filter(began)


def untold(rows: PostingQuerySet, user: OuterRef | int) -> PostingQuerySet:
    """Without what this person was told of, or has applied to already."""
    told = ToldPosting.objects.filter(posting=OuterRef("pk"), user=user)
    applied = Application.objects.filter(posting=OuterRef("pk"), student=user).order_by()
    return rows.exclude(Exists(told)).exclude(Exists(applied))


def _opened_after(moment: str) -> Q:
    """The same as opened_since, for the column of an outer query."""
    return Q(published_at__gt=OuterRef(moment)) | Q(opens_on__gt=OuterRef(f"{moment}__date"))


def new_of_enterprise(follow: FollowedEnterprise, *, now: datetime) -> PostingQuerySet:
    """What an enterprise has opened since somebody follows it, of the last days."""
    rows = opened_since(max(follow.at, now - FRESH), on=timezone.localdate(now))
    return untold(rows.filter(enterprise=follow.enterprise_id), follow.user_id)


def enterprises_with_news(now: datetime) -> QuerySet[FollowedEnterprise]:
    """Who follows an enterprise that has something new for them; one query."""
    rows = opened_since(now - FRESH, on=timezone.localdate(now)).filter(enterprise=OuterRef("enterprise"))
    news = untold(rows.filter(_opened_after("at")), OuterRef(OuterRef("user")))
    return FollowedEnterprise.objects.filter(Exists(news.order_by()), user__is_active=True)


def postings_that_opened(now: datetime) -> QuerySet[FollowedPosting]:
    """Who follows a posting that has opened since; one query."""
    rows = opened_since(now - FRESH, on=timezone.localdate(now)).filter(pk=OuterRef("posting"))
    news = untold(rows.filter(_opened_after("at")), OuterRef(OuterRef("user")))
    return FollowedPosting.objects.filter(Exists(news.order_by()), user__is_active=True)


def copies_of(follow: FollowedPosting, *, now: datetime) -> PostingQuerySet:
    """What was copied from a posting that somebody follows, and is open now."""
    rows = opened_since(max(follow.at, now - FRESH), on=timezone.localdate(now))
    return untold(rows.filter(copied_from=follow.posting_id), follow.user_id)


def postings_offered_again(now: datetime) -> QuerySet[FollowedPosting]:
    """Who follows a posting that is open again as a copy; one query."""
    rows = opened_since(now - FRESH, on=timezone.localdate(now)).filter(copied_from=OuterRef("posting"))
    news = untold(rows.filter(_opened_after("at")), OuterRef(OuterRef("user")))
    return FollowedPosting.objects.filter(Exists(news.order_by()), user__is_active=True)


def closing_soon(on: date, last: date) -> QuerySet[FollowedPosting]:
    """Followed postings that close by a day and that their follower has not applied to; one query."""
    applied = Application.objects.filter(posting=OuterRef("posting"), student=OuterRef("user")).order_by()
    closing = Posting.objects.open(on).filter(closes_on__lte=last).order_by()
    rows = FollowedPosting.objects.filter(posting__in=closing, user__is_active=True).exclude(Exists(applied))
    return rows.select_related("user", "posting__enterprise").order_by(F("posting__closes_on"), "pk")
