"""The search of postings, asked by somebody who is not looking at the list: the one place that knows its form."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.utils import timezone

from accounts.models.people import User
from core.filters import Filter
from placements.models.postings import PostingQuerySet
from placements.searching import search_of
from placements.selectors.postings import Reader
from placements.selectors.search import postings_found

NOT_KEPT = frozenset({"page", "csrfmiddlewaretoken"})
LONGEST = 1000


def kept_query(address: str) -> str:
    """What of an address is worth keeping: its filters that say something, as they stand there."""
    asked = QueryDict(address[: 2 * LONGEST])
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in NOT_KEPT and any(values):
            kept.setlist(name, [value for value in values if value])
    return kept.urlencode()


def search_form(reader: Reader, query: str) -> Filter:
    """The filters of the list with what an address fills in."""
    return search_of(reader, QueryDict(query), on=timezone.localdate())[1]


def found_by(reader: Reader, query: str, *, on: date) -> PostingQuerySet:
    """What the list at this address shows this person on a day."""
    search, _form = search_of(reader, QueryDict(query), on=on)
    return postings_found(search)


def open_found_by(user: User, query: str, *, on: date) -> PostingQuerySet:
    """The same, of what can be applied to: an address may ask for more than that."""
    return found_by(user, query, on=on).open(on)
