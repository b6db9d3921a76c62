"""The small values that records are made of: codes with both labels, and names of what is referred to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from api.words import english

# The columns that a record is named by, in Chinese and in English; the first that a table has.
NAMES = (
    ("legal_name", "name_en"),
    ("name_zh", "name_en"),
    ("title", "title_en"),
    ("name", "name_en"),
    ("description",),
)
LANGUAGES = {"zh": "zh-hans", "en": "en"}


class Coded(BaseModel):
    __doc__ = english(_("A code with its label in both languages."))

    code: str = Field(description=english(_("The code itself, as filters take it.")))
    zh: str = Field(description=english(_("The label in Chinese.")))
    en: str = Field(description=english(_("The label in English.")))


class Ref(BaseModel):
    __doc__ = english(_("Another record, by its number and its name."))

    id: int = Field(description=english(_("Its number, as its own address has it.")))
    zh: str = Field(description=english(_("Its name in Chinese.")))
    en: str = Field(description=english(_("Its name in English; empty where there is none.")))


class Colleague(BaseModel):
    __doc__ = english(_("A person of the school."))

    number: str = Field(description=english(_("Staff or student number.")))
    name: str = Field(description=english(_("Name.")))
    name_en: str = Field(description=english(_("Name in Latin letters; empty where there is none.")))


def chosen(choices: Any, value: str | None) -> dict[str, str] | None:
    """A value of a choice list, which is a class of choices or pairs; None for none."""
    if not value:
        return None
    return _labels(_key(choices)).get(value) or {"code": value, "zh": value, "en": value}


def coded(row: Any) -> dict[str, str] | None:
    """An entry of a code list, a college or a major."""
    return None if row is None else {"code": row.code, "zh": row.name_zh, "en": row.name_en}


def ref(row: Any) -> dict[str, Any] | None:
    """A record that has a page, by the names that it has."""
    if row is None:
        return None
    zh, *others = names_of(row._meta.label)
    return {"id": row.pk, "zh": getattr(row, zh), "en": getattr(row, others[0]) if others else ""}


@cache
def names_of(label: str) -> tuple[str, ...]:
    """Of a model by its label."""
    own = {column.name for column in apps.get_model(label)._meta.concrete_fields}
    return next(tuple(name for name in names if name in own) for names in NAMES if names[0] in own)


def colleague(person: Any) -> dict[str, str] | None:
    return None if person is None else {"number": person.number, "name": person.name, "name_en": person.name_en}


def whole_yuan(amount: Decimal | None) -> int | None:
    """Money as whole yuan, half a yuan upwards."""
    return None if amount is None else int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _key(choices: Any) -> tuple[tuple[str, Any], ...]:
    pairs = getattr(choices, "choices", choices)
    return tuple((value, label) for value, label in pairs if value not in ("", None))


@lru_cache(maxsize=256)
def _labels(pairs: tuple[tuple[str, Any], ...]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {value: {"code": value} for value, _label in pairs}
    for name, language in LANGUAGES.items():
        with translation.override(language):
            for value, label in pairs:
                found[value][name] = str(label)
    return found
