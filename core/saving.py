"""Saving a record that two people may have open."""

from __future__ import annotations

from typing import TypeVar

from core.errors import StaleEdit
from core.models import Versioned

V = TypeVar("V", bound=Versioned)


def lock(record: V, *, version: int | None = None) -> V:
    """Read the row again under a lock; raises StaleEdit when it is not at the version given.

    Call inside a transaction. Raises DoesNotExist when the row is gone.
    """
    fresh: V = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if version is not None and fresh.version != version:
        raise StaleEdit
    return fresh


def save(record: Versioned) -> None:
    """Save a locked record as the next version."""
    record.version += 1
    record.full_clean(validate_unique=True)
    record.save()
