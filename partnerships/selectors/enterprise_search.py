"""What a person may type to find an enterprise: names, letters, codes, people, numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import reduce
from operator import and_

from django.db.models import F, Q, QuerySet, Value

from core.keys import KeyAmong
from core.search import Bigrams, search_query
from partnerships.credit_code import ALPHABET, normalise
from partnerships.models.contacts import Contact, PhoneDigits
from partnerships.models.enterprises import Enterprise, FormerName

MOST_WORDS = 6
LETTERS = re.compile(r"[a-z]{2,}")
CODE_PART = re.compile(f"(?=.*[0-9])[{ALPHABET}]{{3,18}}")
PHONE = re.compile(r"[0-9+()\s\-\u2010-\u2015]{4,}")
COUNTRY = re.compile(r"^(\+|00)86")


def enterprises_found(words: str) -> Q | None:
    """The condition for what was typed: every word fits somewhere, or all together are a code or a telephone number.

    None when the words hold nothing to search by.
    """
    text = unicodedata.normalize("NFKC", words).strip()
    each = [found for word in text.split()[:MOST_WORDS] if (found := _by_word(word.lower()))]
    found = reduce(and_, each) if each else None
    for whole in (_by_code(normalise(text)), _by_phone(text)):
        if whole is not None:
            found = whole if found is None else found | whole
    return found


def _by_word(word: str) -> Q | None:
    query = search_query(word)
    if query is None:
        return None
    people = Contact.objects.alias(text=Bigrams(F("name"), Value(""))).filter(text=query)
    former = FormerName.objects.alias(text=Bigrams(F("name"), Value(""))).filter(text=query)
    keys = _files(people).union(_files(former), all=True)
    return Q(search=query) | Q(KeyAmong(keys)) | _by_initials(word)


def _by_initials(word: str) -> Q:
    """Trigrams find three letters anywhere, two only where the name begins with them."""
    if not LETTERS.fullmatch(word):
        return Q()
    return Q(initials__contains=word) if len(word) > 2 else Q(initials__startswith=word)


def _by_code(code: str) -> Q | None:
    return Q(credit_code__contains=code) if CODE_PART.fullmatch(code) else None


def _by_phone(text: str) -> Q | None:
    digits = re.sub(r"\D", "", COUNTRY.sub("", re.sub(r"\s", "", text)))
    if not PHONE.fullmatch(text) or len(digits) < 4:
        return None
    numbers = Contact.objects.alias(digits=PhoneDigits("phone", "landline")).filter(digits__contains=digits)
    return Q(KeyAmong(_files(numbers)))


def _files(rows: QuerySet[Contact] | QuerySet[FormerName]) -> QuerySet[Enterprise, int]:
    return rows.order_by().values_list("enterprise_id", flat=True)  # type: ignore[return-value]
