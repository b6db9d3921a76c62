"""What changed since a moment, as the history tables of the database have it.

The history knows what no column does: changes made in bulk, links, rows of other tables, and deletions. It notes the
beginning of the transaction; one that is still open now may tell of it later. So `as_of`, from which a reader asks
the next time, is the beginning of the oldest transaction that is open: something may be told twice, nothing never.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accounts.models.people import User
from api.fields import Watched, history_of
from api.resource import Resource, Rows

HORIZON = """
    SELECT least(now(), min(xact_start)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
"""


def as_of() -> datetime:
    """The moment up to which everything that changed can be seen; one query."""
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)
        moment: datetime = cursor.fetchone()[0]
    return moment


def changed_keys(watched: Iterable[Watched], since: datetime) -> QuerySet[Any]:
    """Numbers of the records that something happened to at or after a moment."""
    parts = [
        model._default_manager.filter(pgh_created_at__gte=since).order_by().values_list(column, flat=True)
        for model, column in watched
    ]
    return reduce(lambda one, other: one.union(other, all=True), parts)


def changed(rows: Rows, resource: Resource, since: datetime) -> Rows:
    return rows.filter(pk__in=changed_keys(resource.watched, since))


def gone_keys(resource: Resource, user: User, since: datetime, *, after: int, limit: int) -> list[int]:
    """Numbers of records that something happened to since and that are not there for this reader, rising.

    Deleted, merged away, or no longer theirs: a number tells no more than a gap in the numbers does.
    """
    history = history_of(resource.model)._default_manager
    touched = history.filter(pgh_obj_id__in=changed_keys(resource.watched, since), pgh_obj_id__gt=after)
    gone = touched.exclude(pgh_obj_id__in=resource.visible(user).order_by().values("pk"))
    return list(gone.order_by("pgh_obj_id").values_list("pgh_obj_id", flat=True).distinct()[: limit + 1])
