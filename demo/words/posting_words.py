"""What one kind of opening says in both languages."""

from __future__ import annotations

from typing import NamedTuple


class PostingWords(NamedTuple):
    """`pay` is yuan a month for a job; an internship pays about half."""

    zh: str
    en: str
    lines: str
    majors: tuple[str, ...]
    pay: tuple[int, int]
    duties_zh: tuple[str, ...]
    asks_zh: tuple[str, ...]
    duties_en: str
    asks_en: str
