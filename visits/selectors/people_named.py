"""Whom a name means that was typed, or dictated: staff and contacts who bear it, or whose name sounds like it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice, product

from accounts.models.people import User
from core.pinyin import pypinyin
from partnerships.choices.agreements import Side
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise

SOUNDS = 16  # readings of one name; characters that are read in several ways multiply
OFFERED = 4
# What people of the south do not tell apart when they speak, and telephones not when they listen.
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


@dataclass(frozen=True)
class Known:
    """Somebody on file; `key` names them in a form."""

    key: str
    side: Side
    name: str
    name_en: str
    title: str


@dataclass(frozen=True)
class Found:
    """Who bears a name to the letter, and whose name sounds alike."""

    exact: list[Known]
    alike: list[Known]

    @property
    def offered(self) -> list[Known]:
        return [*self.exact, *self.alike][:OFFERED]

    @property
    def certain(self) -> Known | None:
        """The one who bears exactly this name."""
        return self.exact[0] if len(self.exact) == 1 else None


def known_people(enterprise: Enterprise, staff: Sequence[User], *, on: date) -> list[Known]:
    """Who works for the enterprise, and staff who may come along; one query."""
    hosts = Contact.objects.filter(enterprise=enterprise).current(on)
    ours = [Known(f"u{person.pk}", Side.SCHOOL, person.name, person.name_en, person.title) for person in staff]
    return [Known(f"c{person.pk}", Side.ENTERPRISE, person.name, "", person.title) for person in hosts] + ours


def find(name: str, people: Sequence[Known]) -> Found:
    """Nobody for a name of less than two characters."""
    typed = _plain(name)
    if len(typed) < 2:
        return Found([], [])
    exact = [person for person in people if typed in (_plain(person.name), _plain(person.name_en))]
    sounds = _sounds(typed)
    alike = [person for person in people if person not in exact and sounds & _sounds(_plain(person.name))]
    return Found(exact, alike)


def _plain(name: str) -> str:
    return re.sub(r"[\s·.•]", "", unicodedata.normalize("NFKC", name)).casefold()


@lru_cache(maxsize=4096)
def _sounds(name: str) -> frozenset[str]:
    """Each way to read the name aloud, without tones and without what is easily misheard."""
    syllables = pypinyin.pinyin(name, style=pypinyin.Style.NORMAL, heteronym=True)
    return frozenset(" ".join(map(_blurred, reading)) for reading in islice(product(*syllables), SOUNDS))


def _blurred(syllable: str) -> str:
    for clear, blurred in ALIKE:
        if syllable.startswith(clear) or syllable.endswith(clear):
            syllable = syllable.replace(clear, blurred)
    return syllable
