"""Enterprise files: opened, changed, confirmed as correct."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import credit_code, rules
from partnerships.choices import CreditCodeState, TimelineKind
from partnerships.models.enterprises import Enterprise, FormerName
from partnerships.services import timeline


class DuplicateCreditCode(RuleBroken):
    """Another file has this credit code already; `enterprise` is that file."""

    def __init__(self, enterprise: Enterprise) -> None:
        self.enterprise = enterprise
        super().__init__(_("An enterprise with this credit code is on file already: %(name)s.") % {"name": enterprise})


def find_by_code(code: str, *, other_than: Enterprise | None = None) -> Enterprise | None:
    """The current file with a credit code, as it was typed; None for an empty one."""
    code = credit_code.normalise(code)
    if not code:
        return None
    rows = Enterprise.objects.current().filter(credit_code=code)
    return (rows.exclude(pk=other_than.pk) if other_than and other_than.pk else rows).first()


def _with_code(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the credit code as it was meant, and whether it stands."""
    if "credit_code" not in fields:
        return fields
    code = credit_code.normalise(str(fields["credit_code"] or ""))
    stands = CreditCodeState.VALID if credit_code.is_valid(code) else CreditCodeState.UNVERIFIED
    return {**fields, "credit_code": code, "credit_code_state": stands}


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


@transaction.atomic
def add_enterprise(*, by: User, at: datetime, fields: dict[str, Any]) -> Enterprise:
    """Open a file. `fields` are model fields, and `former_names` as a list of texts.

    Raises DuplicateCreditCode; a missing or failing code is kept as unverified.
    """
    rules.can_add_enterprise(by).or_raise()
    fields = _with_code(fields)
    former_names = fields.pop("former_names", []) if "former_names" in fields else []
    enterprise = Enterprise(version=0, confirmed_at=at, confirmed_by=by, **fields)
    _store(enterprise)
    _keep_former_names(enterprise, former_names)
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
    fields = _with_code(fields)
    former_names = fields.get("former_names")
    changed = [name for name, value in fields.items() if name != "former_names" and getattr(enterprise, name) != value]
    for name in changed:
        setattr(enterprise, name, fields[name])
    if former_names is not None and _keep_former_names(enterprise, former_names):
        changed.append("former_names")
    if changed:
        _store(enterprise)
        names = [name for name in changed if name != "credit_code_state"]
        link = reverse("partnerships:enterprise", args=[enterprise.pk])
        timeline.record(enterprise, TimelineKind.ENTERPRISE_CHANGED, by=by, at=at, detail=_fitting(names), link=link)
    return enterprise


def _fitting(names: list[str]) -> str:
    """As many names as the timeline's detail holds."""
    kept = ""
    for name in names:
        longer = f"{kept},{name}" if kept else name
        if len(longer) > 60:
            break
        kept = longer
    return kept


@transaction.atomic
def confirm_enterprise(enterprise: Enterprise, *, by: User, at: datetime) -> Enterprise:
    """Say that the file is still correct."""
    enterprise = lock(enterprise)
    rules.can_change_enterprise(by, enterprise).or_raise()
    enterprise.confirmed_at, enterprise.confirmed_by = at, by
    enterprise.save(update_fields=["confirmed_at", "confirmed_by", "updated_at"])
    timeline.record(enterprise, TimelineKind.ENTERPRISE_CONFIRMED, by=by, at=at)
    return enterprise
