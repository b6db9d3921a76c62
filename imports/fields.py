"""What a column of a workbook can mean: each field with the words by which offices head it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.names import in_language
from imports.heading_words import CHINESE, ENGLISH

ENTERPRISE, CONTACT, NEED = "enterprise", "contact", "need"
GROUPS: dict[str, str | Promise] = {
    ENTERPRISE: _("The enterprise"),
    CONTACT: _("The first contact"),
    NEED: _("One need"),
}


@dataclass(frozen=True)
class Field:
    """A field of a row; its headings stand in imports.heading_words."""

    key: str
    group: str
    label: str | Promise

    @property
    def heading(self) -> str:
        """What heads its column in the template, in the reader's language."""
        return in_language(CHINESE_WORDS[self.key][0], ENGLISH_WORDS[self.key][0])


def heading_words(table: str, between: str) -> dict[str, list[str]]:
    """The words of each field; a line that begins with spaces goes on with the one before."""
    lines = table.strip().replace("\n    ", " ").splitlines()
    parts = (line.split(": ", 1) for line in lines)
    return {key: [word.strip() for word in words.split(between)] for key, words in parts}


CHINESE_WORDS = heading_words(CHINESE, " ")
ENGLISH_WORDS = heading_words(ENGLISH, ",")


FIELDS = [
    Field("legal_name", ENTERPRISE, _("full registered name")),
    Field("name_en", ENTERPRISE, _("English name")),
    Field("short_name", ENTERPRISE, _("short name")),
    Field("former_names", ENTERPRISE, _("former names")),
    Field("credit_code", ENTERPRISE, _("unified social credit code")),
    Field("nature", ENTERPRISE, _("nature of unit")),
    Field("industry", ENTERPRISE, _("industry")),
    Field("province", ENTERPRISE, _("province")),
    Field("city", ENTERPRISE, _("city")),
    Field("address", ENTERPRISE, _("address")),
    Field("website", ENTERPRISE, _("website")),
    Field("staff_count", ENTERPRISE, _("number of staff")),
    Field("staff_counted_on", ENTERPRISE, _("staff counted on")),
    Field("level", ENTERPRISE, pgettext_lazy("of an enterprise", "level")),
    Field("flags", ENTERPRISE, _("flags")),
    Field("owner", ENTERPRISE, _("owner")),
    Field("about", ENTERPRISE, _("what the enterprise does")),
    Field("contact_name", CONTACT, _("contact: name")),
    Field("contact_title", CONTACT, _("contact: position")),
    Field("contact_department", CONTACT, _("contact: department")),
    Field("contact_phone", CONTACT, _("contact: phone")),
    Field("contact_landline", CONTACT, _("contact: landline")),
    Field("contact_email", CONTACT, _("contact: e-mail")),
    Field("contact_wechat", CONTACT, _("contact: WeChat")),
    Field("need_kind", NEED, _("need: kind")),
    Field("need_description", NEED, _("need: what is needed")),
    Field("need_majors", NEED, _("need: majors")),
    Field("need_headcount", NEED, _("need: number")),
    Field("need_pay", NEED, _("need: pay, yuan a month")),
    Field("need_wanted_by", NEED, _("need: wanted by")),
]
BY_KEY = {field.key: field for field in FIELDS}

_NOISE = re.compile(r"\([^)]*\)|【[^】]*】|\[[^\]]*\]|[\s*:,.;/\\、，。；：·_\-—＊]")


def plain_heading(text: str) -> str:
    """A heading without width, case, spaces, punctuation and what stands in brackets: units, hints, stars."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


class Vocabulary:
    """The words that head the columns of one kind of list; `subject` is the field that names what a row is about."""

    def __init__(self, words: Iterable[tuple[str, str]], *, subject: str) -> None:
        self.subject = subject
        self.words = {plain_heading(word): key for key, word in words}
        long = (word for word in self.words if len(word) > 2 or (len(word) == 2 and word[0] > "\u3400"))
        self.longest_first = sorted(long, key=len, reverse=True)

    def field_of(self, heading: str) -> str:
        """The field that a heading names, word for word; empty where it names none."""
        return self.words.get(plain_heading(heading), "")

    def field_within(self, heading: str) -> str:
        """The field whose longest known word stands at the end of a heading, or in it; empty where there is none."""
        plain, words = plain_heading(heading), self.longest_first
        ends = next((self.words[word] for word in words if plain.endswith(word)), "")
        return ends or next((self.words[word] for word in words if len(word) > 2 and word in plain), "")


ENTERPRISES = Vocabulary(
    (
        (field.key, word)
        for field in reversed(FIELDS)
        for word in (*CHINESE_WORDS[field.key], *ENGLISH_WORDS[field.key])
    ),
    subject="legal_name",
)
field_of = ENTERPRISES.field_of
field_within = ENTERPRISES.field_within
