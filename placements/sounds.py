"""How Chinese text sounds: the words that are stored beside it, so that it is found by what is typed in Latin letters.

As with characters (core.search) the words are overlapping pairs: 影视后期 is kept as yingshi shihou houqi qi, by whole
syllables, and as 0ys 0sh 0hq, by initials. Two syllables or two initials are one word of the index. The SQL function
placements_sounds does the same for names of enterprises; the digit before initials keeps them apart from English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from core.pinyin import pypinyin

INITIALS = "0"  # a sign that to_tsquery keeps
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|vn"
    r"|a|e|i|o|u|v)"
)
MOST_READINGS = 6


def sounds(text: str, *, with_initials: bool) -> str:
    """The words that a text is found by in Latin letters, one after another."""
    runs = [pypinyin.lazy_pinyin(run) for run in _HAN.findall(unicodedata.normalize("NFKC", text))]
    whole = " . ".join(" ".join([*syllable_pairs(run), run[-1]]) for run in runs)
    if not with_initials:
        return whole
    initials = (" ".join(initial_pairs("".join(syllable[0] for syllable in run))) for run in runs)
    return " . ".join(filter(None, [whole, *initials]))


def syllable_pairs(syllables: list[str]) -> list[str]:
    return [first + second for first, second in pairwise(syllables)]


def initial_pairs(letters: str) -> list[str]:
    return [f"{INITIALS}{first}{second}" for first, second in pairwise(letters)]


def heard(run: str) -> list[str]:
    """The syllables of Chinese characters, for finding what sounds the same but is written differently."""
    return list(pypinyin.lazy_pinyin(run))


def readings(letters: str) -> list[list[str]]:
    """The ways in which letters can be read as syllables; the last one may be unfinished: yingshih → ying shi h."""
    found: list[list[str]] = []
    for reading in _read(letters):
        if reading not in found:
            found.append(reading)
        if len(found) == MOST_READINGS:
            break
    return found


def _read(letters: str) -> Iterator[list[str]]:
    if not letters:
        yield []
        return
    longest = _SYLLABLE.match(letters)
    for size in range(longest.end() if longest else 0, 0, -1):
        if _SYLLABLE.fullmatch(letters[:size]):
            for rest in _read(letters[size:]):
                yield [letters[:size], *rest]
    if len(letters) <= 2 and not _SYLLABLE.fullmatch(letters):
        yield [letters]
