"""Figures are kept as they stand, every night and on demand; a later day never changes an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation

from accounts.models.people import User
from accounts.models.school import College
from reports import row_sets, rules
from reports.choices import SnapshotReason
from reports.figures.catalogue import FIGURES
from reports.figures.figure import Figure
from reports.figures.scope import Scope
from reports.kinds.work import Work
from reports.models.snapshots import RowSet, Snapshot
from reports.selectors.chips import narrowing
from reports.selectors.doors import about
from reports.selectors.standing import number_of, of_school, rows_of
from visits.models.campaigns import Campaign

LONGEST_NAME = 400


@dataclass(frozen=True)
class Taking:
    """Why and by whom snapshots are taken; every snapshot of one taking has the same moment."""

    at: datetime
    reason: SnapshotReason
    by: User | None = None
    note: str = ""


def take_snapshots(*, now: datetime) -> int:
    """Every figure of the school, of each running campaign and of each college; returns how many are new.

    What a source states beside the rows is not kept: the number is that of the rows that are kept.
    """
    on, taking = timezone.localdate(now), Taking(now, SnapshotReason.NIGHTLY)
    return sum(len(_kept(scope, taking, on)) for scope in _nightly(on))


def _nightly(on: date) -> Iterator[Scope]:
    yield Scope(None, on, None)
    for campaign in Campaign.objects.running(on):
        yield Scope(campaign, on, None)
    for college in College.objects.all():
        yield Scope(None, on, None, college=college)


def _kept(scope: Scope, taking: Taking, on: date) -> list[Snapshot]:
    """One transaction per scope; figures of that night that are kept already stay as they are."""
    tonight = Snapshot.objects.filter(about=about(scope), taken_on=on, reason=taking.reason)
    kept = set(tonight.values_list("figure", flat=True))
    figures = [figure for figure in FIGURES.values() if _is_of(figure, scope) and figure.slug not in kept]
    return [keep(figure, scope, taking) for figure in figures]


def _is_of(figure: Figure, scope: Scope) -> bool:
    if scope.college is not None:
        return "college" in figure.splits
    return scope.campaign is None or figure.is_of_campaign


def keep_reported(work: Work) -> int:
    """Every figure that a report gave, with the rows behind it, so that it can say when it changes; how many.

    Of a report with fewer rights than the school's nothing is kept: its numbers are its reader's alone.
    """
    taking = Taking(work.at, SnapshotReason.REPORTED, work.build.requested_by, str(work.kind.name))
    told = [key for key, value in work.values.items() if value.is_whole]
    return len([keep(FIGURES[key[0]], of_school(work.scopes[key]), taking) for key in told])


@transaction.atomic
def take_now(figure: Figure, scope: Scope, *, by: User, at: datetime, note: str = "") -> Snapshot:
    """Keep one figure as it stands, in any scope, with the eyes of the school."""
    rules.can_take_snapshot(by).or_raise()
    return keep(figure, scope, Taking(at, SnapshotReason.ASKED, by, note))


@transaction.atomic
def keep(figure: Figure, scope: Scope, taking: Taking, *, counted: Scope | None = None) -> Snapshot:
    """Store number, denominator and rows; the number is counted from the very rows that are kept.

    `counted` is how much of the scope was there at the moment of the taking, where that moment is past.
    """
    counted = counted or scope
    rows = rows_of(figure, counted)
    digest, packed = row_sets.pack(rows)
    RowSet.objects.bulk_create([RowSet(digest=digest, packed=packed)], ignore_conflicts=True)
    doubts = figure.doubts(counted)
    snapshot = Snapshot(
        figure=figure.slug,
        about=about(scope),
        taken_on=timezone.localdate(taking.at),
        taken_at=taking.at,
        reason=taking.reason,
        taken_by=taking.by,
        note=taking.note,
        definition=figure.digest,
        numerator=number_of(rows),
        denominator=figure.of(counted),
        stale=doubts.stale,
        unchecked=doubts.unchecked,
        rows_id=digest,
        **_names(figure, scope),
    )
    snapshot.save(force_insert=True)
    return snapshot


def _names(figure: Figure, scope: Scope) -> dict[str, str]:
    """The scope in words, in both languages: they stay when what they name is gone."""
    names = {}
    for field, language in (("name_zh", "zh-hans"), ("name_en", "en")):
        with translation.override(language):
            words = [str(record) for record in (scope.campaign, scope.trip) if record]
            words += [f"{label}: {value}" for label, value, _wider in narrowing(figure, scope)]
            names[field] = " · ".join(words)[:LONGEST_NAME]
    return names
