"""Following enterprises and postings; doing either twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models.people import User
from following import rules
from following.models import FollowedEnterprise, FollowedPosting
from partnerships.models.enterprises import Enterprise
from placements.models.postings import Posting


@transaction.atomic
def follow_enterprise(enterprise: Enterprise, *, by: User, at: datetime) -> FollowedEnterprise:
    """Hear of its postings from now on."""
    rules.can_follow(by).or_raise()
    return FollowedEnterprise.objects.get_or_create(user=by, enterprise=enterprise, defaults={"at": at})[0]


@transaction.atomic
def unfollow_enterprise(enterprise: Enterprise, *, by: User) -> None:
    FollowedEnterprise.objects.filter(user=by, enterprise=enterprise).delete()


@transaction.atomic
def follow_posting(posting: Posting, *, by: User, at: datetime) -> FollowedPosting:
    """Hear when it opens, when it closes soon, and when it is offered again."""
    rules.can_follow_posting(by, posting, on=timezone.localdate(at)).or_raise()
    return FollowedPosting.objects.get_or_create(user=by, posting=posting, defaults={"at": at})[0]


@transaction.atomic
def unfollow_posting(posting: Posting, *, by: User) -> None:
    FollowedPosting.objects.filter(user=by, posting=posting).delete()
