"""Every night each figure is kept as it stands; a later day never changes an earlier one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure, Rows, Scope
from reports.models.snapshots import Snapshot
from visits.models.campaigns import Campaign


def take_snapshots(*, now: datetime) -> int:
    """One row per figure and running campaign, and per figure of the whole school; returns how many are new.

    What a source states beside the rows is not kept: the number is that of the rows whose hash is kept.
    """
    on = timezone.localdate(now)
    before = Snapshot.objects.filter(taken_on=on).count()
    for campaign in (None, *Campaign.objects.running(on)):
        taken = list(_snapshots(Scope(campaign, on, None), now))
        Snapshot.objects.bulk_create(taken, ignore_conflicts=True)
    return Snapshot.objects.filter(taken_on=on).count() - before


def _snapshots(scope: Scope, now: datetime) -> Iterator[Snapshot]:
    for figure in FIGURES.values():
        if scope.campaign is None or figure.is_of_campaign:
            yield _snapshot(figure, scope, now)


def _snapshot(figure: Figure, scope: Scope, now: datetime) -> Snapshot:
    value = figure.value(scope)
    return Snapshot(
        figure=figure.slug,
        campaign=scope.campaign,
        taken_on=scope.on,
        numerator=value.number if value.on_file is None else value.on_file,
        denominator=value.denominator,
        rows_hash=rows_hash(figure.rows(scope)),
        taken_at=now,
    )


def rows_hash(rows: Rows) -> str:
    """SHA-256 of the keys of the rows in order, one per line."""
    digest = hashlib.sha256()
    for key in rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000):
        digest.update(f"{key}\n".encode())
    return digest.hexdigest()
