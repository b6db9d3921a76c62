"""Telling people what is new of what they follow: a posting once, whatever it is found by.

Each message is one transaction. It locks its reader's row, so that two workers never tell the same thing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models.people import User
from following.choices import Frequency
from following.models import FollowedEnterprise, FollowedPosting, SavedSearch, ToldPosting
from following.reminders import due_searches, last_turn
from following.selectors import news
from following.selectors.searching import open_found_by
from following.selectors.stopping import Followed, stop_path
from notifications.choices import Matter
from notifications.services.notifying import notify
from placements.models.postings import Posting, PostingQuerySet

LINES = 10
# A posting is published at a moment that others see only after the commit: so far back it is looked for again.
OVERLAP = timedelta(minutes=10)


def tell_of_news(*, now: datetime) -> int:
    """What is nearest to a person first: a posting they wait for, an enterprise, then their searches."""
    told = _each(news.postings_that_opened(now), lambda pk: _tell_of_opening(pk, now=now))
    told += _each(news.postings_offered_again(now), lambda pk: _tell_of_copies(pk, now=now))
    told += _each(news.enterprises_with_news(now), lambda pk: _tell_of_enterprise(pk, now=now))
    return told + sum(_tell_of_searches(frequency, now=now) for frequency in Frequency if frequency != Frequency.NEVER)


def _each(rows: QuerySet[Any], tell: Callable[[int], int]) -> int:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(tell(pk) for pk in keys)


def _tell_of_searches(frequency: Frequency, *, now: datetime) -> int:
    """Where nothing at all has opened, no search is asked."""
    due = due_searches(frequency, now)
    oldest = due.aggregate(oldest=Min("told_until"))["oldest"]
    if oldest is None:
        return 0
    if news.opened_since(oldest - OVERLAP, on=timezone.localdate(now)).exists():
        return _each(due, lambda pk: _tell_of_search(pk, frequency, now=now))
    if frequency != Frequency.AT_ONCE:  # their turn is over; at once has none
        due.order_by().update(told_until=now)
    return 0


@transaction.atomic
def _tell_of_search(pk: int, frequency: Frequency, *, now: datetime) -> int:
    due = SavedSearch.objects.filter(pk=pk, frequency=frequency, told_until__lt=last_turn(frequency, now))
    search = due.select_for_update(skip_locked=True).first()
    if search is None:
        return 0
    user, on = _locked(search.user_id), timezone.localdate(now)
    opened = news.opened_since(max(search.at, search.told_until - OVERLAP), on=on)
    rows = open_found_by(user, search.query, on=on).filter(pk__in=opened.order_by().values("pk"))
    told = _tell(user, search, news.untold(rows, user.pk), now=now)
    SavedSearch.objects.filter(pk=search.pk).update(told_until=now)
    return told


@transaction.atomic
def _tell_of_enterprise(pk: int, *, now: datetime) -> int:
    follow = FollowedEnterprise.objects.filter(pk=pk).first()
    if follow is None:
        return 0
    user = _locked(follow.user_id)
    return _tell(user, follow, news.new_of_enterprise(follow, now=now).order_by("-pk"), now=now)


@transaction.atomic
def _tell_of_opening(pk: int, *, now: datetime) -> int:
    follow = FollowedPosting.objects.filter(pk=pk).first()
    if follow is None:
        return 0
    user = _locked(follow.user_id)
    rows = news.opened_since(now - news.FRESH, on=timezone.localdate(now)).filter(pk=follow.posting_id)
    return _tell(user, follow, news.untold(rows, user.pk), now=now)


@transaction.atomic
def _tell_of_copies(pk: int, *, now: datetime) -> int:
    """Who followed the original follows the copy from now on."""
    follow = FollowedPosting.objects.filter(pk=pk).first()
    if follow is None:
        return 0
    user, told = _locked(follow.user_id), 0
    for copy in news.copies_of(follow, now=now).order_by("pk"):
        kept, _is_new = FollowedPosting.objects.get_or_create(user=user, posting=copy, defaults={"at": now})
        rows = Posting.objects.filter(pk=copy.pk)
        told += _tell(user, kept, rows, now=now, is_again=True)
    return told


def _locked(user_id: int) -> User:
    user: User = User.objects.select_for_update(no_key=True).get(pk=user_id)
    return user


def _tell(user: User, of: Followed, rows: PostingQuerySet, *, now: datetime, is_again: bool = False) -> int:
    """One message with up to ten lines; all that was found counts as told."""
    found = list(rows.select_related("enterprise", "province"))
    if not found:
        return 0
    ToldPosting.objects.bulk_create(
        [ToldPosting(user=user, posting=posting, at=now) for posting in found], ignore_conflicts=True
    )
    kind, link = _kind_and_link(of)
    context: dict[str, object] = {
        "kind": "again" if is_again else kind,
        "number": len(found),
        "lines": _lines(found[:LINES], language=user.language),
        "more": len(found) - LINES,
        "stop": f"{settings.SITE_URL}{stop_path(of)}",
    }
    with translation.override(user.language):
        context["name"] = str(of)
    return notify(
        user,
        key=f"news:{kind}:{of.pk}:{min(posting.pk for posting in found)}",
        matter=Matter.POSTING,
        template="emails/following/news.txt",
        context=context,
        at=now,
        link=link,
        still_due=f"following.{kind}",
        subject_id=of.pk,
    )


def _kind_and_link(of: Followed) -> tuple[str, str]:
    if isinstance(of, SavedSearch):
        address = reverse("placements:posting_list")
        link = f"{address}?{of.query}" if of.query else address
        return "search", link if len(link) <= 300 else reverse("following:following")
    if isinstance(of, FollowedEnterprise):
        return "enterprise", reverse("placements:employer", args=[of.enterprise_id])
    return "posting", reverse("placements:posting", args=[of.posting_id])


def _lines(postings: Iterable[Posting], *, language: str) -> list[dict[str, object]]:
    """What one reads of each, in the reader's language."""
    with translation.override(language):
        return [
            {
                "posting": str(posting),
                "enterprise": str(posting.enterprise),
                "place": posting.city or str(posting.province or ""),
                "closes_on": posting.closes_on,
                "address": f"{settings.SITE_URL}{reverse('placements:posting', args=[posting.pk])}",
            }
            for posting in postings
        ]
