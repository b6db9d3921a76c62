"""The code lists as choices of a filter, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import CharField, QuerySet, Value
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from core.models import offered
from core.names import in_language
from partnerships.models.codes import AgreementKind, Industry, Nature, Province

Choices = list[tuple[str, str]]


@dataclass
class CodeChoices:
    """Entries that forms offer, as (code, name)."""

    provinces: Choices = field(default_factory=list)
    industries: Choices = field(default_factory=list)
    natures: Choices = field(default_factory=list)


def code_choices() -> CodeChoices:
    """Provinces, industries and natures together; one query."""
    parts = [
        offered(model.objects.all(), timezone.localdate())
        .order_by()
        .annotate(table=Value(table, output_field=CharField()))
        .values_list("table", "code", "name_zh", "name_en")
        for table, model in (("provinces", Province), ("industries", Industry), ("natures", Nature))
    ]
    found = CodeChoices()
    for table, code, name_zh, name_en in parts[0].union(*parts[1:], all=True).order_by("code"):
        getattr(found, table).append((code, in_language(name_zh, name_en)))
    return found


def agreement_kind_choices() -> Choices:
    """Kinds of agreement; one query."""
    return [(kind.code, str(kind)) for kind in offered(AgreementKind.objects.all(), timezone.localdate())]


def staff_choices() -> Choices:
    """People of the school's staff, as (key, name); one query."""
    return [(str(user.pk), str(user)) for user in staff()]


def staff() -> list[User]:
    """Everyone who may own a file; one query."""
    return list(staff_rows())


def staff_rows() -> QuerySet[User]:
    grants = RoleGrant.objects.exclude(role=Role.STUDENT).values("user")
    rows: QuerySet[User] = User.objects.filter(is_active=True, pk__in=grants)
    return rows.order_by("number")
