"""Who should hold which invitation, and who was told something else so far. Reads only."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from calendars.models import Invitation
from partnerships.choices.agreements import Side
from partnerships.models.contacts import Contact
from visits.choices import AHEAD, VisitState
from visits.models.visits import Participant, Visit


@dataclass(frozen=True)
class Due:
    """Something to send: an invitation or a new version of it, or word that it no longer stands."""

    invitation: Invitation
    digest: str
    is_cancelled: bool = False

    @property
    def is_update(self) -> bool:
        return bool(self.invitation.digest) and self.invitation.cancelled_at is None


def ahead(now: datetime) -> Q:
    """Visits that will take place and have not begun."""
    local = timezone.localtime(now)
    today = Q(starts_on=local.date()) & (Q(starts_at_time__isnull=True) | Q(starts_at_time__gt=local.time()))
    return (Q(starts_on__gt=local.date()) | today) & Q(state__in=AHEAD)


def visits_to_compare(now: datetime) -> QuerySet[Visit]:
    """Visits ahead, and those called off that still stand in a calendar; three queries, whatever there is."""
    called_off = Q(state=VisitState.CANCELLED, starts_on__gte=timezone.localdate(now))
    standing = Invitation.objects.standing().values("visit")
    return with_invitations(Visit.objects.filter(ahead(now) | (called_off & Q(pk__in=standing))))


def with_invitations(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    people = Participant.objects.select_related("user", "contact")
    invitations = Invitation.objects.select_related("user", "contact")
    return visits.select_related("enterprise", "organiser").prefetch_related(
        Prefetch("participants", people), Prefetch("invitations", invitations), "topics"
    )


def invited(visit: Visit) -> list[User | Contact]:
    """Colleagues with an account who take part, and contacts for whom it was asked; nobody once it is called off."""
    if visit.state not in AHEAD:
        return []
    asked = {each.contact_id for each in visit.invitations.all() if each.contact_id and each.asked_by_id}
    people: list[User | Contact] = []
    for person in visit.participants.all():
        if person.side == Side.SCHOOL and person.user is not None and person.user.is_active:
            people.append(person.user)
        elif person.contact is not None and person.contact.email and person.contact_id in asked:
            people.append(person.contact)
    return people


def digest_of(visit: Visit, people: list[User | Contact]) -> str:
    """Changes with the day, time, place, address, link and people; not with what is to be spoken of."""
    who = sorted(f"{type(person).__name__}{person.pk} {person.email}" for person in people)
    named = sorted(f"{person.side}{person.part} {person.name}" for person in visit.participants.all())
    facts = [
        visit.starts_on, visit.starts_at_time, visit.ends_at_time, visit.part_of_day, visit.place, visit.address,
        visit.online_url, visit.direction, visit.medium, visit.enterprise_id, visit.organiser_id, who, named,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()


def due(visit: Visit) -> list[Due]:
    """What is to be sent about one visit now; reads what with_invitations fetched, so it asks nothing."""
    people = invited(visit)
    digest = digest_of(visit, people)
    held = {each.user or each.contact: each for each in visit.invitations.all()}
    rows = [held.get(person) or _new(visit, person) for person in people]
    sending = [Due(row, digest) for row in rows if row.digest != digest or row.cancelled_at]
    gone = [row for person, row in held.items() if person not in people and row.sent_at and not row.cancelled_at]
    return sending + [Due(row, "", is_cancelled=True) for row in gone]


def _new(visit: Visit, person: User | Contact) -> Invitation:
    if isinstance(person, User):
        return Invitation(visit=visit, user=person)
    return Invitation(visit=visit, contact=person)


def guests(visit: Visit) -> list[Contact]:
    """People of the enterprise at a visit who have an e-mail address; reads what was fetched with the visit."""
    people = [person.contact for person in visit.participants.all() if person.contact is not None]
    return [contact for contact in people if contact.email]


def asked_for(visit: Visit) -> list[int]:
    """Contacts who are to be invited."""
    return [each.contact_id for each in visit.invitations.all() if each.contact_id and each.asked_by_id]


@dataclass(frozen=True)
class Row:
    """One person at a visit, and what stands in their calendar."""

    person: Participant
    invitation: Invitation | None
    reason: str  # why they get none, "" where they do


def people(visit: Visit) -> list[Row]:
    """Everyone at a visit, the school first; reads what was fetched with the visit."""
    held = {each.user or each.contact: each for each in visit.invitations.all()}
    wanted = invited(visit)
    people = sorted(visit.participants.all(), key=lambda person: (person.side != Side.SCHOOL, person.pk))
    return [_row(person, held, wanted) for person in people]


def _row(person: Participant, held: dict[User | Contact | None, Invitation], wanted: list[User | Contact]) -> Row:
    who = person.user or person.contact
    invitation = held.get(who) if who else None
    if who in wanted or (invitation and invitation.sent_at):
        return Row(person, invitation, "")
    if person.side == Side.SCHOOL:
        return Row(person, None, _("no account"))
    return Row(person, None, _("not asked for") if person.contact and person.contact.email else _("no e-mail on file"))
