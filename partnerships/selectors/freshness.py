"""How fresh the parts of a file are: for how long a word on them holds, and who gave it when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from core.days import midnight
from partnerships.choices.enterprises import STALE_AFTER_DAYS, FileBlock
from partnerships.models.enterprises import Enterprise
from partnerships.models.freshness import Confirmable, FreshnessPeriod


class Periods:
    """After how many days each block is stale; a block that the table does not name keeps its first term."""

    def __init__(self, stored: Mapping[str, int]) -> None:
        self.days: dict[FileBlock, int] = {
            block: stored.get(block.value, STALE_AFTER_DAYS[block]) for block in FileBlock
        }

    def before(self, block: FileBlock, on: date) -> datetime:
        """What nobody has confirmed since this moment is stale on that day: whole days of the school's clock count."""
        return midnight(on - timedelta(days=self.days[block]))

    def stale(self, block: FileBlock, on: date) -> Q:
        """The condition of stale rows; see also Confirmable.is_stale_before."""
        return Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=self.before(block, on))


def periods() -> Periods:
    """The terms as administrators set them; one query."""
    return Periods(dict(FreshnessPeriod.objects.order_by().values_list("block", "days")))


def periods_with() -> ArraySubquery:
    """The terms as a column of another query, to be read by periods_of: no query of their own."""
    return ArraySubquery(FreshnessPeriod.objects.order_by().values(json=JSONObject(block="block", days="days")))


def periods_of(enterprise: Enterprise) -> Periods:
    """The terms that were read with a file as its column `terms`."""
    read: Sequence[Mapping[str, Any]] = enterprise.terms  # type: ignore[attr-defined]
    return Periods({term["block"]: term["days"] for term in read})


@dataclass(frozen=True)
class BlockState:
    """How one part of a file stands: as old as the oldest of its current rows."""

    block: FileBlock
    days: int
    rows: int
    stale_rows: int
    confirmed_at: datetime | None
    confirmed_name: str
    days_ago: int | None

    @property
    def is_empty(self) -> bool:
        """Nothing is on file; nothing can be stale."""
        return self.rows == 0

    @property
    def is_stale(self) -> bool:
        return self.stale_rows > 0


def block_state(block: FileBlock, rows: Iterable[Confirmable], terms: Periods, *, on: date) -> BlockState:
    """The state of a block that consists of these rows, which are read with who confirmed them."""
    facts = list(rows)
    before = terms.before(block, on)
    unconfirmed = any(fact.confirmed_at is None for fact in facts)
    oldest = None if unconfirmed else min(facts, key=lambda fact: fact.confirmed_at or before, default=None)
    at = oldest.confirmed_at if oldest else None
    return BlockState(
        block=block,
        days=terms.days[block],
        rows=len(facts),
        stale_rows=sum(fact.is_stale_before(before) for fact in facts),
        confirmed_at=at,
        confirmed_name=oldest.confirmed_name if oldest else "",
        days_ago=(on - timezone.localtime(at).date()).days if at else None,
    )


def file_blocks(
    enterprise: Enterprise, contacts: Iterable[Confirmable], needs: Iterable[Confirmable], terms: Periods, *, on: date
) -> list[BlockState]:
    """The three blocks of a file, from rows that are read already."""
    parts: list[tuple[FileBlock, Iterable[Confirmable]]] = [
        (FileBlock.IDENTITY, [enterprise]),
        (FileBlock.CONTACTS, contacts),
        (FileBlock.NEEDS, needs),
    ]
    return [block_state(block, rows, terms, on=on) for block, rows in parts]


def is_stale_file(enterprise: Enterprise, on: date) -> bool:
    """Whether nobody confirmed in time who the enterprise is; of a file read with periods_with."""
    return enterprise.is_stale_before(periods_of(enterprise).before(FileBlock.IDENTITY, on))


def mark_stale(rows: Iterable[Any], before: datetime) -> None:
    """Tell each row of a page whether it is stale, as its mark shows it."""
    for row in rows:
        row.is_stale = row.is_stale_before(before)
