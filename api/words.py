"""The document of the API speaks English to programs; people read the same words in their own language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_said: dict[str, StrOrPromise] = {}


def english(text: StrOrPromise) -> str:
    """The text as it stands in the document; what it is in other languages is remembered."""
    with translation.override("en"):
        plain = str(text)
    _said.setdefault(plain, text)
    return plain


def in_words(plain: str) -> str:
    """A text of the document in the language of the one who reads it now."""
    return str(_said.get(plain, plain))


def both(text: StrOrPromise) -> dict[str, str]:
    """The text in both languages of the portal."""
    found = {}
    for name, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            found[name] = str(text)
    return found
