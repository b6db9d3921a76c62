"""Words in double braces: which there are, and how they are found in what people typed.

Nothing that people typed is ever run as a template: a word is looked up and put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import RuleBroken

FACTS: dict[str, object] = {
    "school": gettext_lazy("the school"),
    "enterprise": gettext_lazy("the enterprises, all of them"),
    "parties": gettext_lazy("all parties with their letters"),
    "number": gettext_lazy("agreement number"),
    "title": gettext_lazy("title"),
    "kind": gettext_lazy("kind"),
    "framework": gettext_lazy("the framework agreement above it"),
    "starts_on": gettext_lazy("in force from"),
    "ends_on": gettext_lazy("in force until"),
    "years": gettext_lazy("term in years"),
    "renewal": gettext_lazy("what happens at the end, by “renews itself”"),
    "majors": gettext_lazy("majors"),
    "colleges": gettext_lazy("colleges"),
    "fields": gettext_lazy("fields of cooperation"),
    "content": gettext_lazy("aims and content"),
    "sum": gettext_lazy("sum, yuan"),
    "originals": gettext_lazy("number of originals"),
    "owner": gettext_lazy("owner"),
    "enterprise_owner": gettext_lazy("owner at the enterprise"),
}
BRACES = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BLANK = "____"


@dataclass(frozen=True)
class Piece:
    """A stretch of a filled text; a blank stands for a fact that is missing."""

    text: str
    is_blank: bool = False


def used_in(text: str) -> list[str]:
    """The words in braces, in their order, each once."""
    return list(dict.fromkeys(BRACES.findall(text)))


def check_words(text: str, *, field: str | None = None) -> None:
    """Raise RuleBroken where a text has a word in braces that stands for nothing, or braces that do not close."""
    unknown = [word for word in used_in(text) if word not in FACTS]
    if unknown:
        words = ", ".join(f"{{{{{word}}}}}" for word in unknown)
        raise RuleBroken(
            _("Nothing is known by this word in braces: %(words)s. Take one of the list.") % {"words": words},
            field=field,
        )
    left = BRACES.sub("", text)
    if "{{" in left or "}}" in left:
        raise RuleBroken(_("Double braces stand around one word, as in {{school}}."), field=field)


def fill(text: str, facts: Mapping[str, str]) -> Iterator[Piece]:
    """The text with its facts; for a fact that is missing a blank, a word that is not known stays as it is."""
    end = 0
    for found in BRACES.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        word = found[1]
        if word not in FACTS:
            yield Piece(found[0])
        else:
            yield Piece(facts[word]) if facts.get(word) else Piece(BLANK, is_blank=True)
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts as one string."""
    return "".join(piece.text for piece in fill(text, facts))
