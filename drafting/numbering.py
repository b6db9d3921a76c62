"""How clauses and parties are counted: 第十二条 / Article 12, 甲方 / Party A."""

from __future__ import annotations

from core.names import is_chinese

DIGITS = "零一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
LETTERS = "ABCDEFGHIJ"


def in_chinese(number: int) -> str:
    """A number from 1 to 999 as Chinese writes it: 十, 二十一, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (DIGITS[ones] if ones else "")


def article(number: int, language: str) -> str:
    """The number of a clause, as its heading begins."""
    return f"第{in_chinese(number)}条" if is_chinese(language) else f"Article {number}"


def party_name(place: int, language: str) -> str:
    """What a party is called in the text: by its letter, after the tenth by its number."""
    if is_chinese(language):
        return f"{STEMS[place - 1]}方" if place <= len(STEMS) else f"第{place}方"
    return f"Party {LETTERS[place - 1]}" if place <= len(LETTERS) else f"Party {place}"
