"""Where the headings of a sheet stand, and what each column means."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from imports.fields import ENTERPRISES, Vocabulary, plain_heading
from imports.reader import Cell, Row

DEEPEST = 3
Look = Callable[[list[str], Vocabulary], str]
_TOTAL = re.compile(
    r"(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|总数|(sub|grand)?[ -]?totals?)\s*([:：(（\d].*)?", re.IGNORECASE
)
_REMARK = re.compile(
    r"(注|备注|说明|填表人?|填报人?|填表说明|制表人?|审核人?|单位盖章|例|示例|notes?|remarks?|example)\s*\d*\s*([:：(（、].*)?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Place:
    """The rows of the headings, as a sheet counts, and how many columns they explain."""

    first: int
    last: int
    known: int = 0


def labels(head: Sequence[Row], place: Place) -> list[list[str]]:
    """Of each column the words above it, from top to bottom, each once."""
    rows = head[place.first - 1 : place.last]
    width = max((len(row) for row in rows), default=0)
    columns = []
    for column in range(width):
        words = [str(row[column]).strip() for row in rows if column < len(row)]
        columns.append(list(dict.fromkeys(" ".join(word.split()) for word in words if word)))
    return columns


def guess(head: Sequence[Row], place: Place, known: Vocabulary = ENTERPRISES) -> dict[int, str]:
    """The field of each column: word for word, also with the heading above it, else by a part; each field once."""
    return _fields(labels(head, place), (_together, _last, _part), known)


def _fields(columns: list[list[str]], looks: Sequence[Look], known: Vocabulary) -> dict[int, str]:
    found: dict[int, str] = {}
    for look in looks:
        for column, words in enumerate(columns):
            key = look(words, known) if words and column not in found else ""
            if key and key not in found.values():
                found[column] = key
    return dict(sorted(found.items()))


def _together(words: list[str], known: Vocabulary) -> str:
    return next((key for start in range(len(words) - 1) if (key := known.field_of("".join(words[start:])))), "")


def _last(words: list[str], known: Vocabulary) -> str:
    return known.field_of(words[-1])


def _part(words: list[str], known: Vocabulary) -> str:
    return known.field_within("".join(words[-2:]))


def find(head: Sequence[Row], words: Vocabulary = ENTERPRISES) -> Place:
    """The rows that explain most fields; of equals the fewest rows, then the highest."""
    best = Place(1, 1)
    for depth in range(1, DEEPEST + 1):
        for last in range(depth, len(head) + 1):
            place = Place(last - depth + 1, last)
            known = len(_fields(labels(head, place), (_together, _last), words))
            if known > best.known:
                best = Place(place.first, place.last, known)
    return best


def signature(head: Sequence[Row], place: Place, kind: str = "") -> str:
    """The same for two sheets with the same headings; lists of another kind have others."""
    plain = [plain_heading("".join(words)) for words in labels(head, place)]
    while plain and not plain[-1]:
        plain.pop()
    return hashlib.sha256((kind + json.dumps(plain, ensure_ascii=False)).encode()).hexdigest()


def is_passed_over(cells: Sequence[Cell], name: str, headings: Sequence[str], words: Vocabulary = ENTERPRISES) -> bool:
    """A total, a remark below the list, or the headings once more."""
    filled = [str(cell).strip() for cell in cells if str(cell).strip()]
    if not filled:
        return True
    if _TOTAL.fullmatch(name) or (not name and _TOTAL.fullmatch(filled[0])):
        return True
    if len(set(filled)) == 1 and _REMARK.fullmatch(filled[0]):
        return True
    return bool(name) and words.field_of(name) == words.subject and name in headings
