"""What people type into cells, understood: numbers with their units, days in every spelling, codes."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from imports.reader import Cell

MOST = 100_000_000
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119
YEARS = range(1950, 2101)
PLACEHOLDERS = frozenset(
    {"-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "n/a", "na", "none", "null", "#n/a", "#ref!"}
)
NO_NUMBER = ("若干", "不限", "面议", "待定", "多名", "open", "negotiable", "some")

_BEFORE = r"(?:约|大约|近|超过|超|逾|共|计|≥|>|>=|about|approx\.?|ca\.?|over|rmb|cny|¥)?"
_AMOUNT = r"(?P<first>\d+(?:\.\d+)?)(?P<scale>万|千|k|w)?"
_RANGE = r"(?P<range>(?:-|~|至|到|to)(?P<last>\d+(?:\.\d+)?)(?P<last_scale>万|千|k|w)?)?"
_UNIT = r"(?:余|多|\+)?(?:人|名|个|位|people|persons?|staff|employees|元|块|yuan|rmb)?"
_AFTER = r"(?:/月|每月|/人/月|permonth|amonth|/month)?(?:左右|以上|以内|上下|余|\+)?"
_NUMBER = re.compile(_BEFORE + _AMOUNT + _RANGE + _UNIT + _AFTER)
_SCALES = {None: 1, "万": 10_000, "w": 10_000, "千": 1000, "k": 1000}
_DAY = re.compile(r"(\d{4})\s*[.\-/年]\s*(\d{1,2})\s*[.\-/月]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_SOLID_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[.\-/年]\s*(\d{1,2})\s*月?(?:份|底|末)?")
_LISTED = re.compile(r"[、，,;；/|\n]+")


@dataclass(frozen=True)
class Understood:
    """A value, or the code of what is wrong; `note` is the code of what to say of a value that was guessed."""

    value: object = None
    error: str = ""
    note: str = ""


def text_of(cell: Cell) -> str:
    """The cell as one line of text, half width, without the marks by which people say that there is nothing."""
    text = " ".join(unicodedata.normalize("NFKC", str(cell)).split())
    return "" if text.lower() in PLACEHOLDERS else text


def paragraph_of(cell: Cell) -> str:
    """A longer text with its lines and its punctuation as typed."""
    text = str(cell).strip()
    return "" if text_of(cell) == "" else text


def listed(cell: Cell) -> list[str]:
    """Several things in one cell, in their order, each once; what stands in brackets stays whole."""
    text = unicodedata.normalize("NFKC", str(cell))
    text = re.sub(r"\(([^)]*)\)", lambda inner: "(" + _LISTED.sub(" ", inner[1]) + ")", text)
    parts = (" ".join(part.split()) for part in _LISTED.split(text))
    return list(dict.fromkeys(part for part in parts if part and part.lower() not in PLACEHOLDERS))


def number_of(cell: Cell) -> Understood:
    """A whole number: "5人", "约30", "3.5万", "１，２００"; of a range the smaller end is taken, and said."""
    text = text_of(cell).lower().replace(" ", "")
    text = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text)
    if text in NO_NUMBER:
        return Understood(note="no_number")
    match = _NUMBER.fullmatch(text)
    if not match:
        return Understood(error="not_number")
    scale = match["scale"] or (match["last_scale"] if match["range"] else None)
    value = round(float(match["first"]) * _SCALES[scale])
    if value > MOST:
        return Understood(error="not_number")
    return Understood(value, note="range" if match["range"] else "")


def day_of(cell: Cell) -> Understood:
    """A day: `2026.7.6`, `2026-6.29`, `20260706`, `2026年7月6日`, a day of Excel; of a month its first, and said."""
    text = text_of(cell)
    if isinstance(cell, int | float) and int(cell) in EXCEL_DAYS:
        return Understood(EXCEL_EPOCH + timedelta(days=int(cell)))
    if match := _DAY.fullmatch(text) or _SOLID_DAY.fullmatch(text):
        return _day(*(int(part) for part in match.groups()[:3]))
    if match := _MONTH.fullmatch(text):
        found = _day(int(match[1]), int(match[2]), 1)
        return found if found.error else Understood(found.value, note="month")
    return Understood(error="not_date")


def _day(year: int, month: int, day: int) -> Understood:
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return Understood(error="not_date")
    return Understood(date(year, month, day))


def digits_were_lost(cell: Cell) -> bool:
    """Excel keeps 15 digits of a number: a longer code that became one cannot be read any more."""
    if isinstance(cell, int | float):
        return abs(cell) >= 1e15
    return bool(re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d+", str(cell).strip()))
