"""What a plan says of a visit, and how it is written down; planning and past visits share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import College, Facility
from core.errors import RuleBroken
from core.saving import save
from partnerships.changes import plain, snapshot
from partnerships.choices.agreements import Side
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from visits.choices import Direction, Medium, ParticipantPart, TopicKind, VisitState
from visits.models.campaigns import Campaign, Trip
from visits.models.visits import Participant, Visit, VisitTopic
from visits.services import stops


class VisitPlan(TypedDict, total=False):
    """What may be said of a visit besides its enterprise, day and leader."""

    campaigns: Iterable[Campaign]
    trip: Trip | None
    colleges: Iterable[College]
    direction: Direction
    medium: Medium
    starts_at_time: time | None
    ends_at_time: time | None
    part_of_day: str
    travel_minutes: int | None
    place: str
    address: str
    online_url: str
    rooms: Iterable[Facility]
    places_shown: Iterable[Facility]
    goal: str
    questions: str
    notes: str
    topics: Sequence[str]
    agenda: Sequence[str]
    companions: Iterable[User]
    guests: Iterable[Contact]


COLUMNS = (
    "trip", "direction", "medium", "starts_at_time", "ends_at_time", "part_of_day", "travel_minutes", "place",
    "address", "online_url", "goal", "questions", "notes",
)  # fmt: skip
CHANGEABLE = ("starts_on", *COLUMNS, "minutes", "feedback")
LINKED = ("campaigns", "colleges", "rooms", "places_shown")


def plan_of(visit: Visit) -> dict[str, Any]:
    """Everything that a plan says, as the timeline keeps it: columns, people and topics."""
    people = list(visit.participants.select_related("user", "contact"))
    topics = list(visit.topics.all())
    ours = [(person.user, person.part) for person in people if person.user is not None and person.side == Side.SCHOOL]
    return {
        **snapshot(visit, CHANGEABLE),
        **snapshot(visit, LINKED),
        "leader": plain([user for user, part in ours if part == ParticipantPart.LEADS]),
        "companions": plain([user for user, part in ours if part != ParticipantPart.LEADS]),
        "guests": [person.name for person in people if person.contact_id],
        "topics": [topic.name for topic in topics if topic.kind == TopicKind.TOPIC],
        "agenda": [topic.name for topic in topics if topic.kind == TopicKind.AGENDA],
    }


def write_visit(
    enterprise: Enterprise,
    *,
    state: VisitState,
    starts_on: date | None,
    leader: User | None,
    organiser: User,
    plan: VisitPlan,
) -> Visit:
    """A new visit with its people and topics. Raises RuleBroken and ValidationError."""
    columns = {name: value for name, value in plan.items() if name in COLUMNS}
    visit = Visit(enterprise=enterprise, state=state, starts_on=starts_on, organiser=organiser, version=0, **columns)
    stops.hold_trips(visit.trip_id)
    stops.check_trip(visit)
    save(visit)
    stops.settle(visit)
    link(visit, {"colleges": College.objects.filter(pk__in=organiser.college_ids), **plan})
    seat_school(visit, leader, plan.get("companions", ()))
    seat_guests(visit, plan.get("guests", ()))
    write_topics(visit, TopicKind.TOPIC, plan.get("topics", ()))
    write_topics(visit, TopicKind.AGENDA, plan.get("agenda", ()))
    return visit


def link(visit: Visit, fields: Mapping[str, Any]) -> None:
    """Make campaigns, colleges, rooms and places these, where the fields name them."""
    for name in LINKED:
        if name in fields:
            getattr(visit, name).set(fields[name])


def seat_school(visit: Visit, leader: User | None, companions: Iterable[User]) -> None:
    """Leader and companions from the school, each once, with the position they hold today.

    Who stays keeps the row; who is not named any more leaves. People without an account stay.
    """
    parts = dict.fromkeys(companions, ParticipantPart.TAKES_PART)
    if leader is not None:
        parts[leader] = ParticipantPart.LEADS
    seated = {person.user_id: person for person in visit.participants.filter(side=Side.SCHOOL, user__isnull=False)}
    for user, part in parts.items():
        person = seated.pop(user.pk, None) or Participant(
            visit=visit, side=Side.SCHOOL, user=user, name=user.name, title=user.title
        )
        if person.pk is None or person.part != part:
            person.part = part
            person.save()
    for gone in seated.values():
        gone.delete()


def seat_guests(visit: Visit, guests: Iterable[Contact]) -> None:
    """Contacts of the enterprise who take part; who is not named any more leaves."""
    seated = {person.contact_id: person for person in visit.participants.filter(contact__isnull=False)}
    for contact in guests:
        if contact.enterprise_id != visit.enterprise_id:
            raise RuleBroken(_("%(name)s does not work for this enterprise.") % {"name": contact.name})
        if seated.pop(contact.pk, None) is None:
            Participant.objects.create(
                visit=visit, side=Side.ENTERPRISE, contact=contact, name=contact.name, title=contact.title
            )
    for gone in seated.values():
        gone.delete()


def write_topics(visit: Visit, kind: TopicKind, names: Sequence[str]) -> None:
    """Make the topics (or the agenda) these."""
    if list(visit.topics.filter(kind=kind).values_list("name", flat=True)) == list(names):
        return
    visit.topics.filter(kind=kind).delete()
    VisitTopic.objects.bulk_create(VisitTopic(visit=visit, kind=kind, name=name) for name in names)
