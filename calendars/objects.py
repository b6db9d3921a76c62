"""iCalendar objects (RFC 5545), put together from plain words; knows nothing of who may read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from partnerships.choices.agreements import Side
from visits.choices import Medium, ParticipantPart
from visits.models.visits import Participant, Visit

PRODUCT = "-//Partnership portal//Calendar//EN"
USUAL_LENGTH = timedelta(hours=2)  # of a visit whose end nobody said
DAY = timedelta(days=1)
ZONES_FROM = date(2000, 1, 1)  # earlier rules of a time zone concern no visit


def uid(kind: str, pk: int) -> str:
    """The same for as long as the record lives, wherever it is written."""
    return f"{kind}-{pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}"


def calendar_of(events: list[Event], *, method: str = "", name: str = "") -> str:
    """A whole object as text, with the time zones that its events name."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones(first_date=ZONES_FROM)
    text: str = calendar.to_ical().decode()
    return text


def event_of(kind: str, pk: int, summary: str, *, stamp: datetime, description: str = "", url: str = "") -> Event:
    event = Event()
    event.add("uid", uid(kind, pk))
    event.add("dtstamp", stamp.astimezone(ZoneInfo("UTC")).replace(microsecond=0))
    event.add("summary", summary)
    if description:
        event.add("description", description)
    if url:
        event.add("url", url)
    return event


def set_days(event: Event, first: date, last: date) -> None:
    """All day, the last day too; nobody is busy for it."""
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("transp", "TRANSPARENT")


def visit_event(visit: Visit, *, summary: str, description: str, stamp: datetime, url: str = "") -> Event:
    """A visit at its time, or all day where only the day is known."""
    event = event_of("visit", visit.pk, summary, stamp=stamp, description=description, url=url)
    if visit.starts_on is None:
        raise ValueError("A visit without a day stands in no calendar.")
    if visit.starts_at_time is None:
        set_days(event, visit.starts_on, visit.starts_on)
    else:
        starts = datetime.combine(visit.starts_on, visit.starts_at_time, ZoneInfo(settings.TIME_ZONE))
        said = visit.ends_at_time
        ends = datetime.combine(visit.starts_on, said, starts.tzinfo) if said else starts + USUAL_LENGTH
        event.add("dtstart", starts)
        event.add("dtend", ends)
    if place := place_of(visit):
        event.add("location", place)
    return event


def place_of(visit: Visit) -> str:
    """Where to be: the link of an online meeting, else the place and its address, each once."""
    if visit.medium == Medium.ONLINE and visit.online_url:
        return visit.online_url
    parts = [part for part in (visit.place, visit.address) if part]
    return parts[0] if len(set(parts)) == 1 else ", ".join(parts)


def people_of(visit: Visit, side: Side, *, titles: bool = True) -> str:
    """The names of one side, who leads first, with what they are there; reads what was fetched with the visit."""
    people = [person for person in visit.participants.all() if person.side == side]
    people.sort(key=lambda person: (person.part != ParticipantPart.LEADS, person.pk))
    return _("; ").join(_named(person) if titles else str(person) for person in people)


def _named(person: Participant) -> str:
    return f"{person} ({person.display_title})" if person.display_title else str(person)


def mail_address(email: str, name: str, **parameters: str) -> vCalAddress:
    """A person in an object: `mailto:` with the name beside."""
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name
    for key, value in parameters.items():
        address.params[key] = value
    return address
