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
SHORTEST = 4
NEXT = " <2> "  # words of Latin letters lie two places apart; see the SQL function portal_bigrams_of
LETTERS = re.compile(r"[a-z]{2,30}")


def query_of(typed: str) -> SearchQuery | None:
    """Every part of what was typed must be found; None when nothing in it can be."""
    words = words_of(typed)
    return SearchQuery(words, search_type="raw", config="simple") if words else None


def words_of(typed: str) -> str:
    """The same as text of a query; empty when nothing in it can be found."""
    return _all_of(_characters(run) if _is_han(run) else _letters(run) for run in runs_of(typed))


def words_alike(typed: str, known: dict[str, list[str]]) -> str:
    """The same, where what sounds or is spelled alike does as well: 影视后其 finds 影视后期, desinger finds designer.

    `known` has the words that are like each run of letters; see misspelt. Empty when that is no more than words_of.
    """
    runs = runs_of(typed)
    alike = [" | ".join(f"({way})" for way in _ways(run, known.get(run, []))) for run in runs]
    return _all_of(alike) if any(len(_ways(run, known.get(run, []))) > 1 for run in runs) else ""


def misspelt(typed: str) -> list[str]:
    """The runs of letters that are long enough to be compared with known words."""
    return [run for run in runs_of(typed) if not _is_han(run) and len(run) >= SHORTEST]


def _ways(run: str, known: list[str]) -> list[str]:
    if not _is_han(run):
        return [_letters(run), *(f"'{word}'" for word in known)]
    return [_characters(run), *_sounding(run), *_but_for_one(run)]


def runs_of(typed: str) -> list[str]:
    """Runs of characters and of letters, as the index has them."""
    return RUNS.findall(unicodedata.normalize("NFKC", typed[:LONGEST]).lower())[:MOST_RUNS]


def _all_of(parts: Iterable[str]) -> str:
    return " & ".join(f"({part})" for part in parts)


def _is_han(run: str) -> bool:
    return "\u3400" <= run[0] <= "\u9fff"


def _characters(run: str) -> str:
    pairs = [run[place : place + 2] for place in range(len(run) - 1)]
    return " <-> ".join(f"'{pair}'" for pair in pairs) if pairs else f"'{run}':*"


def _letters(run: str) -> str:
    """A word that begins so, or syllables, or their initials; of one or two letters only the whole word."""
    ways = [f"'{run}':*" if len(run) > 2 else f"'{run}'"]
    if LETTERS.fullmatch(run):
        ways.append(_in_a_row(initial_pairs(run)))
        ways += [
            _in_a_row(syllable_pairs(reading), is_unfinished=True) for reading in readings(run) if len(reading) > 2
        ]
    return " | ".join(f"({way})" for way in ways)


def _sounding(run: str) -> list[str]:
    syllables = heard(run)
    return [_in_a_row(syllable_pairs(syllables))] if len(syllables) > 1 else []


def _but_for_one(run: str) -> list[str]:
    """One character of three or more may be wrong."""
    parts = ((run[:place], run[place + 1 :]) for place in range(len(run) if len(run) > 2 else 0))
    ways = (" & ".join(f"({_characters(part)})" for part in both if len(part) > 1) for both in parts)
    return [way for way in ways if way]


def _in_a_row(words: list[str], *, is_unfinished: bool = False) -> str:
    return NEXT.join(f"'{word}'" for word in words) + (":*" if is_unfinished else "")
