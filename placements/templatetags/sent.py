"""Words of what was sent with an application: its snapshot holds codes."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.choices import Language, LanguageLevel, Level

register = template.Library()


@register.filter
def level_word(snapshot: dict[str, Any]) -> str:
    """The level of study of a snapshot."""
    return str(dict(Level.choices).get(snapshot.get("level", ""), ""))


@register.filter
def language_words(snapshot: dict[str, Any]) -> list[str]:
    """The languages of a snapshot with level and certificate, such as "English B2 (CET-6)"."""
    languages, levels = dict(Language.choices), dict(LanguageLevel.choices)
    words = []
    for skill in snapshot.get("languages", []):
        proof = f"({skill['proof']})" if skill.get("proof") else ""
        parts = (languages.get(skill["language"], ""), levels.get(skill["level"], ""), proof)
        words.append(" ".join(str(part) for part in parts if part))
    return words
