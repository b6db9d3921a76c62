"""Names that exist in two languages."""

from __future__ import annotations

from django.utils.translation import get_language


def is_chinese(language: str) -> bool:
    return language.startswith("zh")


def reads_chinese() -> bool:
    """Whether the page or message at hand is in Chinese."""
    return is_chinese(get_language() or "")


def in_language(chinese: str, english: str) -> str:
    """The name in the reader's language, or the other one where it is missing."""
    return (chinese or english) if reads_chinese() else (english or chinese)
