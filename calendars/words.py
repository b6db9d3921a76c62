"""What an invitation says, in the language of who reads it; nothing private, to a contact nothing internal."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress

from accounts.models.people import User
from accounts.selectors import school
from calendars import objects
from calendars.models import Invitation
from calendars.selectors.invitations import invited
from core.names import in_language
from partnerships.choices.agreements import Side
from partnerships.models.contacts import Contact
from visits.choices import Direction, Medium, ParticipantPart, TopicKind, VisitState
from visits.models.visits import Visit
from visits.words import words_of


def summary_of(visit: Visit) -> str:
    """How a visit is called in a colleague's calendar."""
    says = _("Visit from %(enterprise)s") if visit.direction == Direction.INCOMING else _("Visit to %(enterprise)s")
    if visit.medium == Medium.ONLINE:
        says = _("Online meeting with %(enterprise)s")
    words = says % {"enterprise": visit.enterprise}
    if visit.starts_at_time is None and visit.part_of_day:
        words = f"{words} ({visit.get_part_of_day_display()})"
    return words


def description_of(visit: Visit, *, titles: bool = True) -> str:
    """Goal, who meets whom, and the way to the briefing; never the notes or what a report says."""
    topics = [topic.name for topic in visit.topics.all()]
    lines = [
        (_("Goal"), visit.goal),
        (_("Topics"), _("; ").join(topics)),
        (_("From the school"), objects.people_of(visit, Side.SCHOOL, titles=titles)),
        (_("From the enterprise"), objects.people_of(visit, Side.ENTERPRISE, titles=titles)),
        (_("Link of the meeting"), visit.online_url),
        (_("Briefing"), portal_link("visits:briefing", visit.pk)),
    ]
    return _lines(lines)


def _lines(pairs: list[tuple[str, str]]) -> str:
    return "\n".join(_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in pairs if value)


def portal_link(name: str, *args: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def for_colleague(visit: Visit, user: User) -> dict[str, object]:
    """Plain values for the e-mail around the object."""
    leads = any(
        person.user_id == user.pk and person.part == ParticipantPart.LEADS for person in visit.participants.all()
    )
    with translation.override(user.language):
        by = str(visit.organiser or "")
    is_called_off = visit.state == VisitState.CANCELLED
    return {
        **words_of(visit, user), "leads": leads, "by": by, "address": visit.address, "online_url": visit.online_url,
        "is_called_off": is_called_off, "note": _reason(visit) if is_called_off else "",
    }  # fmt: skip


def _reason(visit: Visit) -> str:
    move = visit.moves.filter(state=VisitState.CANCELLED).last()
    return move.note if move else ""


def for_contact(visit: Visit, contact: Contact) -> dict[str, object]:
    """Plain values for the letter around the object."""
    with translation.override(contact.language):
        return {
            "name": contact.name, "school": str(school()), "enterprise": str(visit.enterprise),
            "incoming": visit.direction == Direction.INCOMING, "online": visit.medium == Medium.ONLINE,
            "starts_on": visit.starts_on, "time": visit.starts_at_time,
            "part_of_day": str(visit.get_part_of_day_display()), "place": objects.place_of(visit),
            "people": objects.people_of(visit, Side.SCHOOL), "agenda": agenda_of(visit),
            "by": str(visit.organiser or ""),
        }  # fmt: skip


def agenda_of(visit: Visit) -> list[str]:
    return [topic.name for topic in visit.topics.all() if topic.kind == TopicKind.AGENDA]


def object_for_colleague(visit: Visit, user: User, row: Invitation, *, now: datetime) -> str:
    with translation.override(user.language):
        event = objects.visit_event(
            visit,
            summary=summary_of(visit),
            description=description_of(visit),
            stamp=now,
            url=portal_link("visits:briefing", visit.pk),
        )
        people = [user] if row.cancelled_at else invited(visit)
        return _finished(event, visit, row, [_attendee(visit, person) for person in people])


def object_for_contact(visit: Visit, contact: Contact, row: Invitation, *, now: datetime) -> str:
    """Names nobody's address but their own and the organiser's."""
    with translation.override(contact.language):
        lines = [
            (_("Agenda"), _("; ").join(agenda_of(visit))),
            (_("From the school"), objects.people_of(visit, Side.SCHOOL)),
            (_("Link of the meeting"), visit.online_url),
        ]
        event = objects.visit_event(
            visit, summary=guest_summary(visit), description=_lines(lines), stamp=now, url=visit.online_url
        )
        return _finished(event, visit, row, [_attendee(visit, contact)])


def guest_summary(visit: Visit) -> str:
    """How a visit is called in the calendar of the enterprise's people."""
    if visit.medium == Medium.ONLINE:
        return _("Online meeting with %(enterprise)s") % {"enterprise": school()}
    if visit.direction == Direction.INCOMING:
        return _("Visit to %(enterprise)s") % {"enterprise": school()}
    return _("Visit from %(enterprise)s") % {"enterprise": school()}


def _finished(event: Event, visit: Visit, row: Invitation, people: list[vCalAddress]) -> str:
    """The part of an invitation that RFC 5546 asks for."""
    event.add("sequence", row.sequence)
    event.add("status", "CANCELLED" if row.cancelled_at else "CONFIRMED")
    event["organizer"] = _organiser(visit)
    for person in people:
        event.add("attendee", person, encode=False)
    return objects.calendar_of([event], method="CANCEL" if row.cancelled_at else "REQUEST")


def _organiser(visit: Visit) -> vCalAddress:
    """Who planned it, to whom answers go; the school's own address where nobody is named."""
    if visit.organiser is None or not visit.organiser.is_active:
        return objects.mail_address(settings.DEFAULT_FROM_EMAIL, str(school()))
    return objects.mail_address(visit.organiser.email, str(visit.organiser))


def _attendee(visit: Visit, person: User | Contact) -> vCalAddress:
    is_organiser = isinstance(person, User) and person.pk == visit.organiser_id
    name = in_language(person.name, person.name_en) if isinstance(person, User) else person.name
    return objects.mail_address(
        person.email,
        name,
        ROLE="REQ-PARTICIPANT",
        PARTSTAT="ACCEPTED" if is_organiser else "NEEDS-ACTION",
        RSVP="FALSE" if is_organiser else "TRUE",
    )
