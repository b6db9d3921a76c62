"""The stands of a fair: how the hall is laid out and who stands where."""

from __future__ import annotations

from string import ascii_uppercase

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from events import rules
from events.models import Booth, Event

MOST_ROWS, MOST_COLUMNS = len(ascii_uppercase), 30


def label_of(row: int, column: int) -> str:
    return f"{ascii_uppercase[row - 1]}{column:02}"


@transaction.atomic
def lay_out(event: Event, *, rows: int, columns: int, by: User) -> int:
    """So many rows with so many booths each; what stays keeps its enterprise. How many booths there are.

    Raises RuleBroken where a booth that would go is taken.
    """
    event = _event(event, by)
    if not (1 <= rows <= MOST_ROWS and 1 <= columns <= MOST_COLUMNS):
        raise RuleBroken(_("At most %(rows)s rows of %(columns)s.") % {"rows": MOST_ROWS, "columns": MOST_COLUMNS})
    wanted = {(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)}
    stand = {(booth.row, booth.column): booth for booth in event.booths.all()}
    gone = [booth for place, booth in stand.items() if place not in wanted]
    if taken := [booth.label for booth in gone if booth.enterprise_id]:
        raise RuleBroken(_("Somebody stands at %(booths)s: free them first.") % {"booths": ", ".join(taken)})
    event.booths.filter(pk__in=[booth.pk for booth in gone]).delete()
    Booth.objects.bulk_create(
        Booth(event=event, row=row, column=column, label=label_of(row, column))
        for row, column in sorted(wanted - stand.keys())
    )
    return len(wanted)


@transaction.atomic
def place(event: Event, standing: dict[int, tuple[int | None, str]], *, by: User) -> None:
    """Who stands at which booth, with a note: {booth: (enterprise or nobody, note)}.

    Raises RuleBroken where one enterprise has two booths, or does not take part in the event.
    """
    event = _event(event, by)
    chosen = [enterprise for enterprise, _note in standing.values() if enterprise]
    if len(chosen) != len(set(chosen)):
        raise RuleBroken(_("An enterprise stands at one booth."))
    if set(chosen) - set(event.enterprises.values_list("pk", flat=True)):
        raise RuleBroken(_("Only enterprises of the event have a booth."))
    booths = list(event.booths.filter(pk__in=standing))
    event.booths.filter(pk__in=[booth.pk for booth in booths]).update(enterprise=None)  # two may change places
    for booth in booths:
        booth.enterprise_id, booth.note = standing[booth.pk]
        booth.save(update_fields=["enterprise", "note"])


@transaction.atomic
def fill(event: Event, *, by: User) -> int:
    """Give the free booths to enterprises without one, in the order of names; how many were given."""
    event = _event(event, by)
    free = list(event.booths.filter(enterprise__isnull=True))
    without = event.enterprises.exclude(pk__in=event.booths.filter(enterprise__isnull=False).values("enterprise"))
    given = list(zip(free, without.order_by("name_sort", "pk"), strict=False))
    for booth, enterprise in given:
        booth.enterprise = enterprise
        booth.save(update_fields=["enterprise"])
    return len(given)


def _event(event: Event, by: User) -> Event:
    event = lock(event)
    rules.can_change(by, event).or_raise()
    return event
