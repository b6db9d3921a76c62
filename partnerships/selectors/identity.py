"""What an enterprise is called and marked with, and what its registration is worth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from accounts.models.people import User
from accounts.models.school import College
from core.names import in_language
from partnerships.models.codes import Flag
from partnerships.models.enterprises import CreditCheck, Enterprise, FormerName, Site, Tag


@dataclass
class Labels:
    """Short lists around an enterprise, in the reader's language."""

    flags: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    colleges: list[str] = field(default_factory=list)
    former_names: list[str] = field(default_factory=list)


def labels(enterprise: Enterprise) -> Labels:
    """Flags, tags, colleges and former names together; one query."""
    found = Labels()
    rows = _part(Flag.objects.filter(enterprises=enterprise), "flags", "code", "name_zh", "name_en").union(
        _part(College.objects.filter(enterprises=enterprise), "colleges", "code", "name_zh", "name_en"),
        _part(Tag.objects.filter(enterprises=enterprise), "tags", "name", "name"),
        _part(FormerName.objects.filter(enterprise=enterprise), "former_names", "name", "name"),
        all=True,
    )
    for kind, _place, chinese, english in rows.order_by("kind_", "place_"):
        getattr(found, kind).append(in_language(chinese, english))
    return found


def _part(rows: QuerySet[Any], kind: str, place: str, chinese: str, english: str = "") -> QuerySet[Any, Any]:
    """Rows as (kind, place in the list, Chinese, English)."""
    columns: dict[str, Any] = {
        "kind": Value(kind), "place": F(place), "chinese": F(chinese), "english": F(english or chinese),
    }  # fmt: skip
    rows = rows.order_by().annotate(**{f"{name}_": Cast(column, TextField()) for name, column in columns.items()})
    part: QuerySet[Any, Any] = rows.values_list(*[f"{name}_" for name in columns])
    return part


@dataclass
class Identity:
    """What the page of an enterprise's registration shows."""

    checks: list[CreditCheck]
    sites: list[Site]
    subsidiaries: list[Enterprise]


def identity(user: User, enterprise: Enterprise) -> Identity:
    """Checks, sites and companies below it; three queries."""
    below = Enterprise.objects.visible_to(user).current().filter(parent=enterprise)
    return Identity(
        checks=list(enterprise.checks.select_related("by")),
        sites=list(enterprise.sites.select_related("province")),
        subsidiaries=list(below.select_related("province", "region")[:100]),
    )
