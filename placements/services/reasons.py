"""The list of reasons for which applications are rejected."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models.people import User
from placements import rules
from placements.models.applications import RejectionReason

FIELDS = ("code", "name_zh", "name_en", "text_zh", "text_en", "is_active")


@transaction.atomic
def keep_reason(reason: RejectionReason | None, *, fields: dict[str, Any], by: User) -> RejectionReason:
    """Add a reason, or change one; what was said with it before stays in the letters that left."""
    rules.can_keep_reasons(by).or_raise()
    reason = RejectionReason.objects.select_for_update().get(pk=reason.pk) if reason else RejectionReason()
    for name in FIELDS:
        if name in fields:
            setattr(reason, name, fields[name])
    reason.full_clean()
    reason.save()
    return reason
