"""The search of postings, asked by somebody who is not looking at the list: the one place that knows its form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.module_loading import import_string

from accounts.models.people import User
from placements.models.postings import PostingQuerySet
from placements.selectors.postings import Reader, is_staff, posting_list, profile_of

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


def search_form(reader: Reader, query: str) -> Any:
    """The list's own form with what an address fills in."""
    form = import_string(settings.POSTING_FILTER)
    is_student = profile_of(reader) is not None
    return form(QueryDict(query), for_staff=is_staff(reader), for_student=is_student)


def found_by(reader: Reader, query: str, *, on: date) -> PostingQuerySet:
    """What the list at this address shows this person on a day."""
    wanted = search_form(reader, query).wanted
    return posting_list(reader, wanted, on=on, profile=profile_of(reader))


def open_found_by(user: User, query: str, *, on: date) -> PostingQuerySet:
    """The same, of what can be applied to: an address may ask for more than that."""
    return found_by(user, query, on=on).open(on)
