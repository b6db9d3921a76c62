"""What a person typed, as a query of the index: characters, English words, pinyin whole or by initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery

from core.search import RUNS
from placements.sounds import heard, initial_pairs, readings, syllable_pairs

MOST_RUNS = 8
LONGEST = 100
NEXT = " <2> "  # words of Latin letters lie two places apart; see the SQL function portal_bigrams_of
LETTERS = re.compile(r"[a-z]{2,30}")


def query_of(typed: str) -> SearchQuery | None:
    """Every part of what was typed must be found; None when nothing in it can be."""
    return _query(_characters(run) if _is_han(run) else _letters(run) for run in runs_of(typed))


def query_by_sound(typed: str) -> SearchQuery | None:
    """The same, where other characters of the same sound do as well: 影视后其 finds 影视后期."""
    runs = runs_of(typed)
    if not any(_is_han(run) and len(run) > 1 for run in runs):
        return None
    return _query(_sounding(run) if _is_han(run) else _letters(run) for run in runs)


def runs_of(typed: str) -> list[str]:
    """Runs of characters and of letters, as the index has them."""
    return RUNS.findall(unicodedata.normalize("NFKC", typed[:LONGEST]).lower())[:MOST_RUNS]


def _query(parts: Iterable[str]) -> SearchQuery | None:
    found = " & ".join(f"({part})" for part in parts)
    return SearchQuery(found, search_type="raw", config="simple") if found else None


def _is_han(run: str) -> bool:
    return "\u3400" <= run[0] <= "\u9fff"


def _characters(run: str) -> str:
    pairs = [run[place : place + 2] for place in range(len(run) - 1)]
    return " <-> ".join(f"'{pair}'" for pair in pairs) if pairs else f"'{run}':*"


def _letters(run: str) -> str:
    """A word that begins so, or syllables, or their initials."""
    ways = [f"'{run}':*"]
    if LETTERS.fullmatch(run):
        ways.append(_in_a_row(initial_pairs(run)))
        ways += [
            _in_a_row(syllable_pairs(reading), is_unfinished=True) for reading in readings(run) if len(reading) > 2
        ]
    return " | ".join(f"({way})" for way in ways)


def _sounding(run: str) -> str:
    syllables = heard(run)
    return _in_a_row(syllable_pairs(syllables)) if len(syllables) > 1 else _characters(run)


def _in_a_row(words: list[str], *, is_unfinished: bool = False) -> str:
    return NEXT.join(f"'{word}'" for word in words) + (":*" if is_unfinished else "")
