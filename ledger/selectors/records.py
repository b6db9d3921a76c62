"""Which row of the platform's table a line is: known ones again, the others new and not yet stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ledger.models.platform import PlatformRecord
from ledger.selectors.lines import Line
from visits.models.results import Outcome

PREFIX = "FQTG"
Key = tuple[int, int | None]


def key_of(line: Line) -> Key:
    """The visit and the row of its offer; None where it has none."""
    return line.visit.pk, line.outcome.pk if line.outcome else None


def records_of(lines: Sequence[Line]) -> dict[Key, PlatformRecord]:
    """The record of each line; one query. New ones are not stored.

    A row of an offer that was written anew for the same major takes over the record of the old one; the first offer of
    a visit that had none takes over the record of the visit alone, and back. So the platform keeps one row for it.
    """
    offered: dict[int, list[Outcome | None]] = defaultdict(list)
    for line in lines:
        offered[line.visit.pk].append(line.outcome)
    known: dict[int, list[PlatformRecord]] = defaultdict(list)
    for record in PlatformRecord.objects.filter(visit__in=list(offered)).order_by("pk"):
        known[record.visit_id].append(record)
    return {
        (visit, record.outcome_id): record
        for visit, outcomes in offered.items()
        for record in _settle(visit, outcomes, known[visit])
    }


def _settle(visit: int, outcomes: Iterable[Outcome | None], known: list[PlatformRecord]) -> list[PlatformRecord]:
    """A record for each row of one visit: its own, else one that lost its row, else a new one."""
    own = {record.outcome_id: record for record in known if record.outcome_id}
    free = [record for record in known if record.outcome_id is None]
    settled: list[PlatformRecord] = []
    count = len(known)
    for outcome in outcomes:
        record = own.get(outcome.pk) if outcome else None
        if record is None and (taken := _taken_over(outcome, free)) is not None:
            free.remove(taken)
            record = taken
        if record is None:
            count += 1
            record = PlatformRecord(visit_id=visit, record_id=f"{PREFIX}{visit:08}{count:03}")
        record.outcome, record.major = outcome, outcome.major if outcome else None
        settled.append(record)
    return settled


def _taken_over(outcome: Outcome | None, free: list[PlatformRecord]) -> PlatformRecord | None:
    """The record of the same major, else that of the visit alone; a visit without offers takes any."""
    alone = next((record for record in free if record.major_id is None), None)
    if outcome is None:
        return alone or next(iter(free), None)
    return next((record for record in free if record.major_id == outcome.major_id), alone)
