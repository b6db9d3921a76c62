"""The log of exports: one row before the first byte leaves, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation

from accounts.models.people import User
from core.decisions import Decision
from exporting import rules
from exporting.choices import ExportFormat, ExportState
from exporting.models import Export
from exporting.tables import Column, Table

LONGEST_FILTERS = 2000


def begin_export(
    table: Table,
    columns: Sequence[Column],
    *,
    format: ExportFormat,
    address: str,
    filters: str,
    people: Decision | None,
    by: User,
    at: datetime,
) -> Export:
    """Somebody takes a list along; raises PermissionDenied where personal columns are not theirs to take."""
    rules.can_take(columns, people).or_raise()
    return Export.objects.create(
        by=by,
        at=at,
        table=table.key,
        names=_names(table),
        address=address[:200],
        filters=filters[:LONGEST_FILTERS],
        format=format,
        columns=[column.key for column in columns],
        is_personal=any(column.is_personal for column in columns),
    )


def _names(table: Table) -> dict[str, str]:
    names = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names[language] = str(table.label)
    return names


def end_export(export: Export, *, rows: int, state: ExportState, at: datetime) -> bool:
    """Say how it ended, once."""
    running = Export.objects.filter(pk=export.pk, state=ExportState.RUNNING)
    return bool(running.update(rows=rows, state=state, ended_at=at))
