"""Communities as the office keeps them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.choices.programmes import CommunityKind, CommunityLevel
from partnerships.models.communities import Community


@transaction.atomic
def found_community(
    *,
    name: str,
    level: CommunityLevel,
    by: User,
    at: datetime,
    kind: CommunityKind = CommunityKind.INDUSTRY,
    **fields: Any,
) -> Community:
    """Enter a community; `fields` are the model's own. Raises RuleBroken for a name that is on file."""
    rules.can_keep_communities(by).or_raise()
    community = Community(name=name.strip(), level=level, kind=kind, **fields)
    _check(community, on=timezone.localdate(at))
    community.full_clean()
    community.save()
    return community


@transaction.atomic
def change_community(
    community: Community, *, version: int, fields: dict[str, Any], by: User, at: datetime
) -> Community:
    """Correct what is on file of a community. Raises StaleEdit, and RuleBroken as found_community does."""
    rules.can_keep_communities(by).or_raise()
    community = lock(community, version=version)
    for name, value in fields.items():
        setattr(community, name, value)
    _check(community, on=timezone.localdate(at))
    save(community)
    return community


def _check(community: Community, *, on: date) -> None:
    """One community bears a name, and none was founded tomorrow."""
    if Community.objects.filter(name__iexact=community.name).exclude(pk=community.pk).exists():
        raise RuleBroken(_("A community of this name is on file already."), field="name")
    if community.founded_on and community.founded_on > on:
        raise RuleBroken(_("This day has not come yet."), field="founded_on")
