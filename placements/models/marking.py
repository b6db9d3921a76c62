"""What the index of postings knows of each besides its words: its state, and the week from which it is.

They stand in the index as words that nobody can type, so that "these words, published, of these weeks" is one question
to one index, and a search need not look at all that has a frequent word to find the newest of it.
"""

from __future__ import annotations

from datetime import date

from django.db import models

from core.search import Bigrams, search_column

BEGINNING = date(1970, 1, 1)


class Marked(Bigrams):
    """The words of some columns and the marks; see the SQL function."""

    function = "placements_found_by"


def marked_column(title: str, *texts: str) -> models.GeneratedField:
    """A generated column of what a posting is found by."""
    return search_column(title, *texts, vector=Marked, also=("state", "published_at", "created_at"))


def week_of(on: date) -> int:
    """Weeks since the beginning; they begin on Thursdays."""
    return (on - BEGINNING).days // 7


def mark(what: str | int) -> str:
    """A state or a week, as a part of a query."""
    return f"'~{what}'"
