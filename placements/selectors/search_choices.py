"""What the filters over the list of postings offer, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models.school import Major
from core.models import offered
from core.names import in_language
from partnerships.models.codes import Industry, Province
from placements.broad_classes import class_name, class_of_code
from placements.models.postings import PostingQuerySet
from placements.selectors.postings import Reader, visible_postings

Choices = list[tuple[str, str]]
Rows = QuerySet[Any, tuple[Any, ...]]
COLUMNS = ("table", "code", "key", "name_zh", "name_en")
YEARS = 4
DIGITS = 10


@dataclass
class PostingChoices:
    """(key, name) of each; majors by their code."""

    majors: Choices = field(default_factory=list)
    provinces: Choices = field(default_factory=list)
    industries: Choices = field(default_factory=list)
    enterprises: Choices = field(default_factory=list)

    @property
    def broad_classes(self) -> Choices:
        """Those that the school teaches a major of."""
        codes = sorted({class_of_code(code) for code, _name in self.majors} - {""})
        return [(code, class_name(code)) for code in codes]

    @property
    def years(self) -> Choices:
        """Those who graduate this year and in the three to come."""
        this = timezone.localdate().year
        return [(str(year), str(year)) for year in range(this, this + YEARS)]


def posting_choices(user: Reader, *, enterprise: str, on: date) -> PostingChoices:
    """Majors, provinces, industries, and an enterprise of which this person sees a posting; one query."""
    parts = [
        _part("majors", Major.objects.all(), "code"),
        _part("provinces", offered(Province.objects.all(), on), "pk"),
        _part("industries", offered(Industry.objects.all(), on), "pk"),
    ]
    if enterprise.isascii() and enterprise.isdecimal() and len(enterprise) < DIGITS:
        parts.append(_one_enterprise(visible_postings(user, on=on).filter(enterprise=int(enterprise))))
    found = PostingChoices()
    for table, _code, key, name_zh, name_en in parts[0].union(*parts[1:], all=True).order_by("table", "code"):
        getattr(found, table).append((key, in_language(name_zh, name_en)))
    return found


def _part(table: str, rows: QuerySet[Major] | QuerySet[Province] | QuerySet[Industry], key: str) -> Rows:
    named = rows.order_by().annotate(table=Value(table), key=Cast(F(key), TextField()))
    return named.values_list(*COLUMNS)


def _one_enterprise(postings: PostingQuerySet) -> Rows:
    names = {"name_zh": F("enterprise__legal_name"), "name_en": F("enterprise__name_en")}
    named = postings.order_by().annotate(
        table=Value("enterprises"), code=Value(""), key=Cast(F("enterprise"), TextField()), **names
    )
    return named.values_list(*COLUMNS)[:1]
