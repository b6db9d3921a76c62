"""Who goes on a visit or a trip ahead: somebody takes the seat of somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models.people import User
from partnerships.selectors.handover import Duty
from partnerships.services.handover import Before
from visits.choices import ParticipantPart

AT = {"seat": "visit_id", "trip": "trip_id"}  # what each seat is at
PARTS = {"seat": ("side", "name", "title", "part", "was_present"), "trip": ("name", "title", "leads")}
LEADING = {"seat": ("part", ParticipantPart.LEADS), "trip": ("leads", True)}


def swap(duty: Duty, rows: Iterable[Any], *, to: User) -> Before:
    """The person takes each seat, with the name and position of today.

    Who goes already gives up the other seat; of the two parts the leading one is kept.
    """
    before: Before = {}
    for row in rows:
        other = _other_seat(duty, row, to)
        if other is not None:
            name, leading = LEADING[duty.code]
            before[row.pk] = {
                "other": {part: getattr(other, part) for part in PARTS[duty.code]},
                "own": {name: getattr(row, name)},
            }
            if getattr(other, name) == leading:
                setattr(row, name, leading)
            other.delete()
        _sit(row, to)
    return before


def put_back(duty: Duty, row: Any, *, giver: User, to: User, before: dict[str, Any]) -> None:
    """Give a seat back; who gave up another seat for it gets that one again."""
    other = _other_seat(duty, row, to)
    if other is not None:
        other.delete()
    for name, value in before.get("own", {}).items():
        setattr(row, name, value)
    _sit(row, to)
    if "other" in before:
        at = {AT[duty.code]: getattr(row, AT[duty.code])}
        duty.model._default_manager.create(**at, user=giver, **before["other"])


def _other_seat(duty: Duty, row: Any, person: User) -> Any:
    at = {AT[duty.code]: getattr(row, AT[duty.code])}
    return duty.model._default_manager.filter(**at, user=person).exclude(pk=row.pk).first()


def _sit(row: Any, person: User) -> None:
    row.user, row.name, row.title = person, person.name, person.title
    row.save()
