"""Searches under a name: kept, changed, forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from following import rules
from following.choices import Frequency
from following.models import SavedSearch
from following.selectors.searching import LONGEST, kept_query

MOST = 30


@transaction.atomic
def save_search(*, name: str, query: str, frequency: Frequency, by: User, at: datetime) -> SavedSearch:
    """Keep a search of postings; what is published from now on is new in it. Raises RuleBroken."""
    rules.can_follow(by).or_raise()
    query = kept_query(query)
    if len(query) > LONGEST:
        raise RuleBroken(_("This search is too long to be kept: take a filter away."))
    if SavedSearch.objects.filter(user=by).count() >= MOST:
        raise RuleBroken(_("At most %(most)s searches are kept. Delete one first.") % {"most": MOST})
    search = SavedSearch(user=by, name=name, query=query, frequency=frequency, at=at, told_until=at)
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError:
        first = SavedSearch.objects.get(user=by, query=query)
        raise RuleBroken(_("You keep this search already, as “%(name)s”.") % {"name": first.name}) from None
    return search


@transaction.atomic
def change_search(
    search: SavedSearch, *, version: int, name: str, frequency: Frequency, by: User, at: datetime
) -> SavedSearch:
    """Rename it, or hear of it at another pace; one that was silent begins anew. Raises StaleEdit."""
    rules.can_follow(by).or_raise()
    search = lock(search, version=version)
    if search.frequency == Frequency.NEVER:
        search.told_until = at
    search.name, search.frequency = name, frequency
    save(search)
    return search


@transaction.atomic
def silence_search(search: SavedSearch) -> None:
    """No more messages of it; the search stays on its page."""
    search = lock(search)
    if search.frequency != Frequency.NEVER:
        search.frequency = Frequency.NEVER
        save(search)


@transaction.atomic
def delete_search(search: SavedSearch, *, by: User) -> None:
    """Forget it; the history of the table keeps it."""
    rules.can_follow(by).or_raise()
    SavedSearch.objects.filter(pk=search.pk, user=by).delete()
