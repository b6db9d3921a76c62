"""Sums of money in yuan: read as people write them, shown as people read them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import RuleBroken
from core.names import reads_chinese

MOST = Decimal("999999999999.99")  # what a column of 14 digits holds
FEN = Decimal("0.01")
WAN, YI = Decimal(10_000), Decimal(100_000_000)

BEFORE = r"(?:人民币|rmb|cny|[¥￥])?"
AFTER = r"(?:元|圆|yuan|rmb|cny)?整?"
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
UNITS = {"亿": YI, "万": WAN, "千": Decimal(1000), "million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}
UNIT = "|".join(UNITS)
SUM = re.compile(rf"{BEFORE}((?:(?:{NUMBER})(?:{UNIT}))*(?:{NUMBER})(?:{UNIT})?){AFTER}", re.IGNORECASE)
PARTS = re.compile(rf"({NUMBER})({UNIT})?", re.IGNORECASE)


def read_yuan(text: str) -> Decimal:
    """What "500万", "1.2亿", "1亿2000万元", "5 million" or "5,000,000" come to in yuan.

    Raises RuleBroken for words that leave the sum open ("about 500"), for less than one fen and for too much.
    """
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    matched = SUM.fullmatch(written)
    if matched is None:
        raise RuleBroken(_("Write one sum in yuan, such as 5,000,000 or 500万; words like “about” leave it open."))
    parts = [
        (Decimal(number.replace(",", "")), UNITS.get(unit.lower(), Decimal(1)))
        for number, unit in PARTS.findall(matched[1])
    ]
    smaller = zip(parts[1:], parts, strict=False)
    if any(number * unit >= larger for (number, unit), (_number, larger) in smaller):
        raise RuleBroken(_("This is not one sum: write the larger part first, such as 1亿2000万."))
    total = sum((number * unit for number, unit in parts), Decimal(0))
    if total > MOST:
        raise RuleBroken(_("A sum is at most 999,999,999,999.99 yuan."))
    if total != total.quantize(FEN):
        raise RuleBroken(_("A sum has at most two decimals of a yuan."))
    return total.quantize(FEN)


def written_yuan(amount: Decimal) -> str:
    """The bare number, for a field to be changed in: 5,000,000 or 12.50."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def in_yuan(amount: Decimal) -> str:
    """A sum with its unit; Chinese counts in 万 and 亿 where that loses nothing."""
    if not reads_chinese():
        return _("%(sum)s yuan") % {"sum": written_yuan(amount)}
    for unit, word in ((YI, "亿元"), (WAN, "万元")):
        counted = amount / unit
        if counted >= 1 and counted == counted.quantize(FEN):
            return f"{counted.normalize():,f}{word}"
    return f"{written_yuan(amount)}元"
