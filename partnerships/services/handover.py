"""Duties change hands; called by visits.services.handover, which asks the rules, locks and tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from accounts.models.people import User
from core.models import Versioned
from partnerships.selectors.handover import Duty

Before = dict[int, dict[str, Any]]  # by row, what had to make room


def give(duty: Duty, rows: Iterable[Any], *, giver: User, to: User, at: datetime) -> Before:
    """Name another person in the column of a duty; a form that is open on such a row is stale from now on."""
    keys = [row.pk for row in rows]
    if duty.model._meta.get_field(duty.field).many_to_many:
        return _give_shared(duty, keys, giver=giver, to=to)
    changes: dict[str, Any] = {duty.field: to}
    if issubclass(duty.model, Versioned):
        changes |= {"version": F("version") + 1, "updated_at": at}
    duty.model._default_manager.filter(pk__in=keys).update(**changes)
    return {}


def _give_shared(duty: Duty, keys: list[int], *, giver: User, to: User) -> Before:
    """Put one person in the place of another in a list of people; who stood there already is noted."""
    links: Any = getattr(duty.model, duty.field).through._default_manager
    row = f"{duty.model._meta.model_name}_id"
    had = set(links.filter(**{f"{row}__in": keys}, user=to).values_list(row, flat=True))
    links.filter(**{f"{row}__in": keys}, user=giver).delete()
    links.bulk_create(links.model(**{row: key}, user=to) for key in keys if key not in had)
    return {key: {"stood_there": True} for key in had}
