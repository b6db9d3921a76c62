"""The three lists of a community: core products, technology needs, talent needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from communities import rules
from communities.choices import ListKind
from communities.models.sharing import ListEntry
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.models.communities import Community


@transaction.atomic
def list_entry(community: Community, *, fields: dict[str, Any], by: User, at: datetime) -> ListEntry:
    """Put a line on one of the lists, from today unless another day is given. Raises RuleBroken."""
    rules.can_keep_communities(by).or_raise()
    entry = ListEntry(community=community, **fields)
    entry.listed_on = entry.listed_on or timezone.localdate(at)
    _check(entry)
    entry.full_clean()
    entry.save()
    return entry


@transaction.atomic
def change_entry(entry: ListEntry, *, version: int, fields: dict[str, Any], by: User, at: datetime) -> ListEntry:
    """Correct a line; raises StaleEdit and RuleBroken."""
    rules.can_keep_communities(by).or_raise()
    entry = lock(entry, version=version)
    for name, value in fields.items():
        setattr(entry, name, value)
    _check(entry)
    save(entry)
    return entry


@transaction.atomic
def close_entry(entry: ListEntry, *, closed_on: date, result: str, by: User, at: datetime) -> ListEntry:
    """Take a line off its list and say what came of it; raises RuleBroken for one that is off already."""
    rules.can_keep_communities(by).or_raise()
    entry = lock(entry)
    if entry.closed_on is not None:
        raise RuleBroken(_("This line is off the list already."))
    if entry.listed_on and closed_on < entry.listed_on:
        raise RuleBroken(_("The end cannot lie before the beginning."), field="closed_on")
    entry.closed_on, entry.result = closed_on, result
    save(entry)
    return entry


def _check(entry: ListEntry) -> None:
    if entry.number is not None and entry.kind != ListKind.TALENT:
        raise RuleBroken(_("People are counted on the list of talent needs alone."), field="number")
    if entry.membership is not None and entry.membership.community_id != entry.community_id:
        raise RuleBroken(_("That unit is a member of another community."), field="membership")
