"""Who was there: people of the plan who came or did not, and others who came along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models.people import User
from partnerships.choices.agreements import Side
from partnerships.models.contacts import Contact
from visits.models.visits import Participant, Visit
from visits.services import planning


@dataclass(frozen=True)
class Guest:
    """Somebody who was there without having been planned: a name, or an account or contact that bears it."""

    side: Side
    name: str
    title: str = ""
    user: User | None = None
    contact: Contact | None = None


def note(visit: Visit, present: Iterable[Participant] | None, also: Sequence[Guest], *, by: User) -> None:
    """`present` None leaves everyone of the plan as present; who is named twice takes part once."""
    if present is not None:
        there = {person.pk for person in present}
        visit.participants.filter(pk__in=there).update(was_present=True)
        visit.participants.exclude(pk__in=there).update(was_present=False)
    for guest in also:
        seat = _seat_of(visit, guest)
        if seat is None:
            _seat(visit, guest, by=by)
        elif not seat.was_present:
            seat.was_present = True
            seat.save(update_fields=["was_present"])


def _seat_of(visit: Visit, guest: Guest) -> Participant | None:
    if guest.user is None and guest.contact is None:
        return None
    return visit.participants.filter(user=guest.user, contact=guest.contact).first()


def _seat(visit: Visit, guest: Guest, *, by: User) -> None:
    bearer = guest.user or guest.contact
    planning.add_participant(
        visit,
        side=guest.side,
        name=bearer.name if bearer else guest.name,
        title=guest.title or (bearer.title if bearer else ""),
        user=guest.user,
        contact=guest.contact,
        by=by,
    )
