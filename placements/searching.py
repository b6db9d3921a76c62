"""What an address of the list of postings asks for: the one way from words in an address to a search."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from placements.forms.posting_filter import PostingFilter
from placements.selectors.postings import Reader, is_staff, profile_of
from placements.selectors.search import Search
from placements.selectors.search_choices import posting_choices


def search_of(reader: Reader, asked: QueryDict, *, on: date) -> tuple[Search, PostingFilter]:
    """The search, and the filters that show it; what makes no sense narrows nothing."""
    profile = profile_of(reader)
    choices = posting_choices(reader, enterprise=asked.get("enterprise", ""), on=on)
    form = PostingFilter(asked, choices=choices, for_staff=is_staff(reader), for_student=profile is not None)
    return Search(reader, form.chosen, on, profile), form
