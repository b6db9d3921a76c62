"""Enterprise files: opened, changed, confirmed as correct."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import credit_code, rules
from partnerships.changes import differences, snapshot
from partnerships.choices.enterprises import CreditCodeState, FileBlock
from partnerships.choices.timeline import TimelineKind
from partnerships.models.codes import Province, Region
from partnerships.models.enterprises import Enterprise, FormerName, Tag
from partnerships.models.freshness import CONFIRMED
from partnerships.naming import name_key
from partnerships.services import timeline


class DuplicateCreditCode(RuleBroken):
    """Another file has this credit code already; `enterprise` is that file."""

    def __init__(self, enterprise: Enterprise) -> None:
        self.enterprise = enterprise
        words = _("An enterprise with this credit code is on file already: %(name)s.")
        super().__init__(words % {"name": enterprise}, field="credit_code")


def find_by_code(code: str, *, other_than: Enterprise | None = None) -> Enterprise | None:
    """The current file with a credit code, as it was typed; None for an empty one."""
    code = credit_code.normalise(code)
    if not code:
        return None
    rows = Enterprise.objects.current().filter(credit_code=code)
    return (rows.exclude(pk=other_than.pk) if other_than and other_than.pk else rows).first()


def find_by_name(name: str) -> Enterprise | None:
    """The one current file with a registered name, whatever its spelling; None where there is none or several."""
    found = list(Enterprise.objects.current().filter(name_key=name_key(name))[:2])
    exact = [enterprise for enterprise in found if enterprise.legal_name == name]
    return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None


def parents_of(enterprise: Enterprise) -> list[int]:
    """Keys of an enterprise and of every one above it."""
    keys: list[int] = []
    above: Enterprise | None = enterprise
    while above is not None and above.pk not in keys:
        keys.append(above.pk)
        above = above.parent
    return keys


def _with_code(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the credit code as it was meant, and whether it stands."""
    if "credit_code" not in fields:
        return fields
    code = credit_code.normalise(str(fields["credit_code"] or ""))
    return {**fields, "credit_code": code, "credit_code_state": state_of(code)}


def state_of(code: str) -> CreditCodeState:
    """How a normalised code stands before anybody has looked it up."""
    return CreditCodeState.VALID if credit_code.is_valid(code) else CreditCodeState.UNVERIFIED


def region_of(province: Province | None, city: str) -> Region | None:
    """The prefecture of GB/T 2260 that a city's name means within its province; None where that is not clear."""
    bare = city.strip().removesuffix("市")
    if province is None or not bare:
        return None
    named = Region.objects.filter(province=province, is_active=True).of_prefectures()
    found = list(named.filter(Q(name_zh=city) | Q(name_zh=f"{bare}市") | Q(name_zh=bare) | Q(name_en__iexact=bare))[:2])
    return found[0] if len(found) == 1 else None


def _with_region(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns with the region that province and city mean, unless one was chosen."""
    if columns.get("region"):
        return columns
    return {**columns, "region": region_of(columns.get("province"), columns.get("city") or "")}


def _keep_former_names(enterprise: Enterprise, names: list[str]) -> bool:
    """Make the former names these; says whether anything changed."""
    known = {former.name: former for former in enterprise.former_names.all()}
    gone = [former.pk for name, former in known.items() if name not in names]
    new = [FormerName(enterprise=enterprise, name=name) for name in dict.fromkeys(names) if name not in known]
    FormerName.objects.filter(pk__in=gone).delete()
    FormerName.objects.bulk_create(new)
    return bool(gone or new)


def _store(enterprise: Enterprise) -> None:
    """Save the next version; raises DuplicateCreditCode, also when another request was quicker."""
    existing = find_by_code(enterprise.credit_code, other_than=enterprise)
    if existing:
        raise DuplicateCreditCode(existing)
    try:
        with transaction.atomic():
            save(enterprise)
    except (IntegrityError, ValidationError):
        existing = find_by_code(enterprise.credit_code, other_than=enterprise)
        if existing is None:
            raise
        raise DuplicateCreditCode(existing) from None


CHECKED = ("legal_name", "credit_code")
MANY = ("flags", "colleges", "tags")


def _names_anew(enterprise: Enterprise, columns: dict[str, Any]) -> bool:
    """Whether a change touches what a check compared: the registered name or the credit code."""
    return any(columns.get(name, getattr(enterprise, name)) != getattr(enterprise, name) for name in CHECKED)


def _split(fields: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns of the row, and what is linked to it."""
    linked = {name: value for name, value in fields.items() if name in (*MANY, "former_names")}
    return {name: value for name, value in fields.items() if name not in linked}, linked


def _link(enterprise: Enterprise, linked: dict[str, Any]) -> bool:
    """Make flags, colleges, tags and former names these; says whether a former name changed."""
    if "tags" in linked:
        linked = {**linked, "tags": [Tag.objects.get_or_create(name=name)[0] for name in linked["tags"]]}
    for name in MANY:
        if name in linked:
            getattr(enterprise, name).set(linked[name])
    return "former_names" in linked and _keep_former_names(enterprise, linked["former_names"])


@transaction.atomic
def add_enterprise(*, by: User, at: datetime, fields: dict[str, Any]) -> Enterprise:
    """Open a file. `fields` are model fields, flags and colleges as records, tags and `former_names` as texts.

    Raises DuplicateCreditCode; a missing or failing code is kept as unverified.
    """
    rules.can_add_enterprise(by).or_raise()
    columns, linked = _split(_with_code(fields))
    enterprise = Enterprise(version=0, confirmed_at=at, confirmed_by=by, **_with_region(columns))
    _store(enterprise)
    _link(enterprise, linked)
    link = reverse("partnerships:enterprise", args=[enterprise.pk])
    timeline.record(enterprise, TimelineKind.ENTERPRISE_ADDED, by=by, at=at, text=enterprise.legal_name, link=link)
    return enterprise


@transaction.atomic
def change_enterprise(
    enterprise: Enterprise, *, version: int | None, fields: dict[str, Any], by: User, at: datetime
) -> Enterprise:
    """Change a file. Raises StaleEdit and DuplicateCreditCode; saving without a change writes nothing."""
    enterprise = lock(enterprise, version=version)
    rules.can_change_enterprise(by, enterprise).or_raise()
    columns, linked = _split(_with_code(fields))
    if _names_anew(enterprise, columns):
        columns["credit_code_state"] = state_of(columns.get("credit_code", enterprise.credit_code))
    else:
        columns.pop("credit_code_state", None)  # a check that was made of this name and code still holds
    before = snapshot(enterprise, [name for name in (*columns, *linked) if name != "credit_code_state"])
    changed = [name for name, value in columns.items() if getattr(enterprise, name) != value]
    for name in changed:
        setattr(enterprise, name, columns[name])
    if {"province", "city"} & set(changed) and "region" not in changed:
        enterprise.region = region_of(enterprise.province, enterprise.city)
    _link(enterprise, linked)
    changes = differences(enterprise, before)
    if changed or changes:
        _store(enterprise)
        link = reverse("partnerships:enterprise", args=[enterprise.pk])
        timeline.record(enterprise, TimelineKind.ENTERPRISE_CHANGED, by=by, at=at, changes=changes, link=link)
    return enterprise


@transaction.atomic
def confirm_enterprise(enterprise: Enterprise, *, by: User, at: datetime) -> Enterprise:
    """Say that what the file says of the enterprise itself is still correct; see also services.freshness."""
    enterprise = lock(enterprise)
    rules.can_change_enterprise(by, enterprise).or_raise()
    enterprise.confirm(by=by, at=at)
    enterprise.save(update_fields=[*CONFIRMED, "updated_at"])
    detail = FileBlock.IDENTITY.value
    timeline.record(enterprise, TimelineKind.ENTERPRISE_CONFIRMED, by=by, at=at, detail=detail)
    return enterprise
