"""Who travels, and that the stops of a trip know of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from accounts.models.people import User
from partnerships.choices.agreements import Side
from visits.choices import AHEAD, ParticipantPart
from visits.models.campaigns import Trip, TripMember
from visits.models.visits import Participant, Visit
from visits.services import planning

Party = Sequence[tuple[User | None, str, str, bool]]


def write_party(trip: Trip, party: Party) -> None:
    """Make the party these; who stays keeps the row, and the position held when they were named."""
    seated = {(member.user_id, "" if member.user_id else member.name): member for member in trip.party.all()}
    for user, name, title, leads in party:
        member = seated.pop((user.pk if user else None, "" if user else name), None)
        if member is None:
            TripMember.objects.create(trip=trip, user=user, name=name, title=title, leads=leads)
        elif (member.leads, member.title) != (leads, member.title if user else title):
            member.leads, member.title = leads, member.title if user else title
            member.save()
    for gone in seated.values():
        gone.delete()


def leader_of(party: Iterable[TripMember]) -> User | None:
    return next((member.user for member in party if member.leads and member.user is not None), None)


def with_account(party: Iterable[TripMember]) -> list[User]:
    return [member.user for member in party if member.user is not None]


def seat_others(visit: Visit, party: Iterable[TripMember]) -> None:
    """People of the party without an account take part by name."""
    known = set(visit.participants.filter(side=Side.SCHOOL, user__isnull=True).values_list("name", flat=True))
    for member in party:
        if member.user_id is None and member.name not in known:
            part = ParticipantPart.LEADS if member.leads else ParticipantPart.TAKES_PART
            Participant.objects.create(visit=visit, side=Side.SCHOOL, name=member.name, title=member.title, part=part)


def follow(trip: Trip, before: Sequence[TripMember], *, by: User, at: datetime, accept_clash: bool) -> None:
    """Who came to the party comes to every stop ahead, who left it leaves them; what a stop has of its own stays."""
    after = list(trip.party.select_related("user"))
    gone = set(with_account(before)) - set(with_account(after))
    came = [user for user in with_account(after) if user not in with_account(before)]
    left = {member.name for member in before if member.user_id is None} - {
        member.name for member in after if member.user_id is None
    }
    for stop in trip.visits.filter(state__in=AHEAD).order_by("pk"):
        seats = list(stop.participants.filter(side=Side.SCHOOL).select_related("user"))
        users = {seat.user: seat.part for seat in seats if seat.user is not None}
        leader = next((user for user, part in users.items() if part == ParticipantPart.LEADS), None)
        leads = leader_of(after) if leader is None or leader == leader_of(before) else leader
        companions = [user for user in [*users, *came] if user not in gone]
        for seat in seats:
            if seat.user_id is None and seat.name in left:
                seat.delete()
        seat_others(stop, after)
        if leads != leader or set(companions) != set(users):
            fields = {"leader": leads, "companions": companions}
            planning.change_visit(stop, version=None, fields=fields, by=by, at=at, accept_clash=accept_clash)
