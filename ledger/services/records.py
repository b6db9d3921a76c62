"""The id of a row of the platform's table: given once, the same for ever."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from ledger.models.platform import PlatformRecord
from ledger.selectors.lines import Line
from ledger.selectors.records import Key, records_of
from visits.models.visits import Visit


@transaction.atomic
def give_ids(lines: Sequence[Line]) -> dict[Key, PlatformRecord]:
    """The record of each line, those that had none with a new id; a fixed number of queries."""
    visits = {line.visit.pk for line in lines}
    list(Visit.objects.select_for_update().filter(pk__in=visits).order_by("pk").values_list("pk", flat=True))
    given = records_of(lines)
    PlatformRecord.objects.bulk_update(
        [record for record in given.values() if record.pk is not None], ["outcome", "major"]
    )
    PlatformRecord.objects.bulk_create([record for record in given.values() if record.pk is None])
    return given
