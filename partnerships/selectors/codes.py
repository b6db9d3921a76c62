"""The code lists as choices of a filter, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from accounts.models.school import College, Major
from core.models import offered
from core.names import in_language
from partnerships.models.codes import AgreementKind, Flag, Industry, Nature, Province, Region
from partnerships.models.enterprises import Tag

Choices = list[tuple[str, str]]
C = TypeVar("C")


@dataclass
class ListChoices:
    """What the filters of the list of enterprises offer, as (key, name)."""

    provinces: Choices = field(default_factory=list)
    regions: Choices = field(default_factory=list)
    industries: Choices = field(default_factory=list)
    natures: Choices = field(default_factory=list)
    flags: Choices = field(default_factory=list)
    tags: Choices = field(default_factory=list)
    colleges: Choices = field(default_factory=list)
    people: Choices = field(default_factory=list)


CODES: dict[str, type[Province | Industry | Nature | Flag]] = {
    "provinces": Province, "industries": Industry, "natures": Nature,
}  # fmt: skip


def code_choices() -> ListChoices:
    """Provinces, industries and natures alone; one query."""
    return _choices([_codes(table, model.objects.all()) for table, model in CODES.items()])


def list_choices(province: str) -> ListChoices:
    """Everything the filters offer, the prefectures of one province among it; one query."""
    regions = (
        Region.objects.of_prefectures().filter(province__code=province)
        if province.isdecimal()
        else Region.objects.none()
    )
    parts = [_codes(table, model.objects.all()) for table, model in {**CODES, "flags": Flag}.items()]
    parts += [
        _codes("regions", regions),
        _part("colleges", College.objects.all(), "pk", "code"),
        _part("tags", Tag.objects.all(), "pk", "name", zh="name", en="name"),
        _part("people", staff_rows(), "pk", "number", zh="name"),
    ]
    return _choices(parts)


def _choices(parts: list[Any]) -> ListChoices:
    """What the parts of a union hold; one query."""
    return _fill(ListChoices(), parts)


def _fill(found: C, parts: list[Any]) -> C:
    rows = parts[0].union(*parts[1:], all=True).order_by("table", "place", "key")
    for table, key, _place, name_zh, name_en in rows:
        getattr(found, table).append((key, in_language(name_zh, name_en)))
    return found


def _codes(table: str, rows: QuerySet[Any]) -> Any:
    """A code list as part of a union: what is offered today, in the order of its codes."""
    return _part(table, offered(rows, timezone.localdate()), "code", "code")


def _part(table: str, rows: QuerySet[Any], key: str, place: str, *, zh: str = "name_zh", en: str = "name_en") -> Any:
    """One table of a union: key and place in the order as text, and the name in both languages."""
    columns = {"key": key, "place": place, "in_zh": zh, "in_en": en}
    text = {name: Cast(column, TextField()) for name, column in columns.items()}
    named = rows.order_by().annotate(table=Value(table, output_field=TextField()), **text)
    return named.values_list("table", *columns)


@dataclass
class RegisterChoices:
    """What the filters of the register of agreements offer, as (key, name)."""

    kinds: Choices = field(default_factory=list)
    colleges: Choices = field(default_factory=list)
    majors: Choices = field(default_factory=list)
    people: Choices = field(default_factory=list)


def register_choices() -> RegisterChoices:
    """Kinds of agreement, colleges, majors and staff; one query."""
    parts = [
        _codes("kinds", AgreementKind.objects.all()),
        _part("colleges", College.objects.all(), "pk", "code"),
        _part("majors", Major.objects.all(), "pk", "code"),
        _part("people", staff_rows(), "pk", "number", zh="name"),
    ]
    return _fill(RegisterChoices(), parts)


def staff_choices() -> Choices:
    """People of the school's staff, as (key, name); one query."""
    return [(str(user.pk), str(user)) for user in staff()]


def staff() -> list[User]:
    """Everyone who may own a file; one query."""
    return list(staff_rows().order_by("number"))


def staff_rows() -> QuerySet[User]:
    """Everyone who may own a file."""
    grants = RoleGrant.objects.exclude(role=Role.STUDENT).values("user")
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=grants)
    return people
