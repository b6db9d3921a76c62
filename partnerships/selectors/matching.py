"""Is it one of these? Files that a name or a credit code may mean, the surest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import BooleanField, Case, CharField, F, FloatField, Func, Q, Value, When
from django.db.models.functions import Cast, Greatest, Least, Length

from core.search import search_query
from partnerships import credit_code
from partnerships.choices.enterprises import MatchKind
from partnerships.models.enterprises import Enterprise, EnterpriseQuerySet, FormerName
from partnerships.naming import name_key

# Half of the trigrams in common: 成都灯塔影视文化 and 成都灯塔影视传媒 are (0.5), 四川大地 and 四川大江 are not (0.43).
LIKE_ENOUGH = 0.5
# A name of which another is the beginning or the end: long enough to say more than a place.
PART_ON_FILE = 2
PART_TYPED = 4
# What tells units of one name apart: 第三工程局 and 第四工程局, 启明1 and 启明2.
NUMERALS = "0123456789一二三四五六七八九十"

Found = tuple[int, MatchKind, int]


@dataclass(frozen=True)
class Match:
    """A file that may be meant: why, and how alike the names are in percent."""

    enterprise: Enterprise
    kind: MatchKind
    likeness: int

    @property
    def get_kind_display(self) -> str:
        return str(self.kind.label)

    @property
    def is_vague(self) -> bool:
        """Whether the likeness says more than the kind."""
        return self.kind == MatchKind.SIMILAR


class OnlyNumerals(Func):
    """The numerals of a name, in their order."""

    function = "regexp_replace"
    template = f"%(function)s(%(expressions)s, '[^{NUMERALS}]', '', 'g')"


@transaction.atomic
def find_matches(
    *, name: str, credit_code: str = "", other_than: Enterprise | None = None, limit: int = 5
) -> list[Match]:
    """Current files with this credit code, this name, now or once, or one like it; five queries and one for the rows.

    Both are taken as typed. A file that matches in several ways is named once, by the surest.
    """
    files = Enterprise.objects.current().order_by()
    if other_than is not None and other_than.pk:
        files = files.exclude(pk=other_than.pk)
    best: dict[int, Found] = {}
    for pk, kind, likeness in _all_found(files, name, credit_code, limit):
        best.setdefault(pk, (pk, kind, likeness))
        if len(best) >= limit:
            break
    named = Enterprise.objects.select_related("province", "region", "owner").defer("about", "search")
    rows = named.in_bulk(list(best))
    return [Match(rows[pk], kind, likeness) for pk, kind, likeness in best.values() if pk in rows]


def _all_found(files: EnterpriseQuerySet, name: str, code: str, limit: int) -> Iterator[Found]:
    """From the surest to the vaguest; each asks the database only when more is wanted."""
    yield from _by_code(files, code)
    key = name_key(name)
    if key:
        yield from _by_name(files, key, limit)
        yield from _by_former_name(files, key)
        yield from _by_other_name(files, name, key, limit)
        yield from _by_likeness(files, key, limit)


def _by_code(files: EnterpriseQuerySet, typed: str) -> Iterator[Found]:
    code = credit_code.normalise(typed)
    if code:
        yield from _sure(files.filter(credit_code=code).values_list("pk", flat=True), MatchKind.CODE)


def _by_name(files: EnterpriseQuerySet, key: str, limit: int) -> Iterator[Found]:
    same = files.filter(name_key=key).order_by("pk")
    yield from _sure(same.values_list("pk", flat=True)[:limit], MatchKind.NAME)


def _by_former_name(files: EnterpriseQuerySet, key: str) -> Iterator[Found]:
    """The database narrows by the letters in their order, whatever stands between them; the key decides."""
    letters = Value(f"%{'%'.join(key)}%")
    in_order = Func(F("name"), letters, arg_joiner=" ILIKE ", template="%(expressions)s", output_field=BooleanField())
    former = FormerName.objects.filter(in_order, enterprise__in=files.values("pk")).order_by("pk")
    rows = former.values_list("enterprise", "name")
    yield from _sure((pk for pk, written in rows if name_key(written) == key), MatchKind.FORMER_NAME)


def _by_other_name(files: EnterpriseQuerySet, name: str, key: str, limit: int) -> Iterator[Found]:
    """Its short name or its English one, found by the index of the search."""
    name = name.strip()
    query = search_query(name if name.isascii() else key)
    if query is not None:
        called = Q(short_name__iexact=name) | Q(short_name__iexact=key) | Q(name_en__iexact=name)
        rows = files.filter(called, search=query).order_by("pk")
        yield from _sure(rows.values_list("pk", flat=True)[:limit], MatchKind.NAME)


def _sure(keys: Iterable[int], kind: MatchKind) -> Iterator[Found]:
    for pk in keys:
        yield pk, kind, 100


def _by_likeness(files: EnterpriseQuerySet, key: str, limit: int) -> Iterator[Found]:
    for pk, likeness in similar(files, key, limit=limit):
        yield pk, MatchKind.SIMILAR, likeness


@transaction.atomic
def similar(files: EnterpriseQuerySet, key: str, *, limit: int) -> list[tuple[int, int]]:
    """Files whose names are like a key or a part of it, or hold it, with their likeness in percent; not the same name.

    Names that differ in a numeral are of different units.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKE_ENOUGH)])
    ends = {key[:size] for size in range(PART_ON_FILE, len(key))} | {
        key[-size:] for size in range(PART_ON_FILE, len(key))
    }
    part = Q(name_key__in=ends)
    if len(key) >= PART_TYPED:
        part |= Q(name_key__startswith=key) | Q(name_key__endswith=key)
    length, typed = Cast(Length("name_key"), FloatField()), Value(float(len(key)))
    rows = (
        files.exclude(name_key=key)
        .filter(part | Q(name_key__trigram_similar=key))
        .annotate(numerals=OnlyNumerals(F("name_key"), output_field=CharField()))
        .filter(numerals="".join(sign for sign in key if sign in NUMERALS))
        .annotate(alike=TrigramSimilarity("name_key", key))
        .annotate(
            likeness=Case(
                When(part, then=Greatest("alike", Least(length, typed) / Greatest(length, typed))), default="alike"
            )
        )
        .order_by("-likeness", "pk")
    )
    return [(pk, round(100 * likeness)) for pk, likeness in rows.values_list("pk", "likeness")[:limit]]
