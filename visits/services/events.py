"""What guests give students while they are here: an event out of an incoming visit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from events import rules as event_rules
from events.choices import EventKind
from events.models import Event
from events.services.events import hold_event
from events.services.planning import Parts, plan_event
from partnerships.choices.agreements import Side
from partnerships.choices.timeline import TimelineKind
from visits.choices import TOOK_PLACE, Direction, VisitState
from visits.models.visits import Visit
from visits.services import telling


@transaction.atomic
def draw_event(visit: Visit, *, by: User, at: datetime) -> Event:
    """A recommendation meeting with the day, hours, place and people of the visit: a draft, or held with the visit.

    Asked again, the event that the visit has already.
    """
    event_rules.can_hold_event(by).or_raise()
    visit = lock(visit)
    if visit.event is not None:
        return visit.event
    if visit.direction != Direction.INCOMING or visit.state == VisitState.CANCELLED:
        raise RuleBroken(_("Only guests who come to the school meet students there."))
    event = _hold(visit, by=by, at=at) if visit.state in TOOK_PLACE else _plan(visit, by=by, at=at)
    return _tie(visit, event, by=by, at=at)


@transaction.atomic
def link_event(visit: Visit, event: Event, *, by: User, at: datetime) -> Event:
    """Say that an event on file is what the guests of this visit gave students."""
    event_rules.can_hold_event(by).or_raise()
    return _tie(lock(visit), event, by=by, at=at)


def _tie(visit: Visit, event: Event, *, by: User, at: datetime) -> Event:
    visit.event = event
    visit.save(update_fields=["event"])
    telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=by, at=at, text=f"→ {event.name}"[:300])
    return event


def _fields(visit: Visit) -> dict[str, Any]:
    """What the visit says of its event; its notes, goal and the link of its meeting are not for students."""
    colleges = list(visit.colleges.all()[:2])
    of = visit.enterprise
    with translation.override("zh-hans"):
        name = _("%(enterprise)s: meeting for students") % {"enterprise": of.short_name or of.legal_name}
    return {
        "kind": EventKind.RECOMMENDATION_MEETING,
        "name": name[:200],
        "held_on": visit.starts_on,
        "place": visit.place[:120],
        "starts_at_time": visit.starts_at_time,
        "ends_at_time": visit.ends_at_time,
        "room": visit.rooms.order_by("pk").first(),
        "college": colleges[0] if len(colleges) == 1 else None,
    }


def _speakers(visit: Visit) -> list[tuple[str, str, Any]]:
    guests = visit.participants.filter(side=Side.ENTERPRISE).order_by("pk")
    return [(guest.name, guest.title, visit.enterprise) for guest in guests if guest.was_present]


def _plan(visit: Visit, *, by: User, at: datetime) -> Event:
    fields = {**_fields(visit), "takes_sign_ups": True}
    parts = Parts(enterprises=[visit.enterprise], speakers=_speakers(visit))
    return plan_event(fields=fields, parts=parts, by=by, at=at)


def _hold(visit: Visit, *, by: User, at: datetime) -> Event:
    fields = _fields(visit)
    said = {name: fields.pop(name) for name in ("kind", "name", "held_on", "place")}
    return hold_event(**said, enterprises=[visit.enterprise], speakers=_speakers(visit), more=fields, by=by, at=at)
