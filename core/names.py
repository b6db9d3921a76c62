"""Names that exist in two languages."""

from __future__ import annotations

from django.utils.translation import get_language


def in_language(chinese: str, english: str) -> str:
    """The name in the reader's language, or the other one where it is missing."""
    if (get_language() or "").startswith("zh"):
        return chinese or english
    return english or chinese
