"""The life of a visit up to its report: planned, changed, confirmed, held, called off, checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.changes import Change, compare, differences, snapshot
from partnerships.choices.agreements import Side
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from visits import rules
from visits.choices import AHEAD, REPORTED, TOOK_PLACE, VISIT_NEXT, ParticipantPart, TopicKind, VisitState
from visits.models.visits import Participant, Visit
from visits.services import clashing, plans, stops, telling
from visits.services.plans import VisitPlan


@transaction.atomic
def plan_visit(
    enterprise: Enterprise,
    *,
    by: User,
    at: datetime,
    starts_on: date,
    leader: User | None,
    accept_clash: bool = False,
    **plan: Unpack[VisitPlan],
) -> Visit:
    """Plan a visit to an enterprise, or its visit to us; whoever takes part is invited soon after (calendars).

    Raises RuleBroken for a day that has passed: see record.record_past_visit; and Clashing for somebody who would
    be in two places at once, or a room that is taken, unless that is accepted.
    """
    rules.can_plan(by).or_raise()
    if starts_on < timezone.localdate(at):
        words = _("This day has passed. If the visit took place, tick “It has taken place already”.")
        raise RuleBroken(words, field="starts_on")
    visit = plans.write_visit(
        enterprise, state=VisitState.PLANNED, starts_on=starts_on, leader=leader, organiser=by, plan=plan
    )
    clashing.refuse(visit, known=(), accept=accept_clash)
    visit.moves.create(state=VisitState.PLANNED, by=by, at=at)
    telling.on_timeline(visit, TimelineKind.VISIT_PLANNED, by=by, at=at, detail=VisitState.PLANNED.value)
    return visit


@transaction.atomic
def change_visit(
    visit: Visit, *, version: int | None, fields: dict[str, Any], by: User, at: datetime, accept_clash: bool = False
) -> Visit:
    """Change what a plan says. Raises StaleEdit and RuleBroken; the state is moved by move_visit only.

    `fields` may hold columns of the visit, campaigns, colleges, rooms, places, topics, agenda, guests, and leader with
    companions. Who takes part gets a new version of the invitation where it says something else (calendars). Of a
    visit ahead, Clashing is raised for what it newly takes away from another one, unless that is accepted.
    """
    trip = fields.get("trip")
    stops.hold_trips(visit.trip_id, trip.pk if trip else None)
    visit = lock(visit, version=version)
    rules.can_change(by, visit).or_raise()
    before, known = plans.plan_of(visit), clashing.standing(visit)
    _set_columns(visit, {name: value for name, value in fields.items() if name in plans.CHANGEABLE}, at=at)
    save(visit)
    stops.settle(visit)
    _set_people(visit, fields)
    if visit.state in AHEAD:
        clashing.refuse(visit, known=known, accept=accept_clash)
    changes = compare(visit, before, plans.plan_of(visit))
    if changes:
        telling.on_timeline(visit, TimelineKind.VISIT_CHANGED, by=by, at=at, changes=changes)
    return visit


def _set_people(visit: Visit, fields: dict[str, Any]) -> None:
    """Who comes, what is spoken of, and what is linked, where the fields name it."""
    plans.link(visit, fields)
    if "leader" in fields:
        plans.seat_school(visit, fields["leader"], fields.get("companions", ()))
    if "guests" in fields:
        plans.seat_guests(visit, fields["guests"])
    for kind, name in ((TopicKind.TOPIC, "topics"), (TopicKind.AGENDA, "agenda")):
        if name in fields:
            plans.write_topics(visit, kind, fields[name])


def _set_columns(visit: Visit, columns: dict[str, Any], *, at: datetime) -> None:
    day, trip, today = visit.starts_on, visit.trip_id, timezone.localdate(at)
    for name, value in columns.items():
        setattr(visit, name, value)
    if (visit.starts_on, visit.trip_id) != (day, trip):
        visit.stop = None
    if visit.trip_id is None:
        visit.travel_minutes = None
    stops.check_trip(visit)
    if visit.state in AHEAD and visit.starts_on is None:
        raise RuleBroken(_("A visit that is planned needs a day."))
    if visit.starts_on is None or visit.starts_on == day:
        return
    if visit.state in AHEAD and visit.starts_on < today:
        raise RuleBroken(_("This day has passed. Say first that the visit was held, then on which day."))
    if visit.state in TOOK_PLACE and visit.starts_on > today:
        raise RuleBroken(_("This visit took place: its day cannot be still ahead."))


@transaction.atomic
def move_visit(visit: Visit, to: VisitState, *, by: User, at: datetime, note: str = "") -> Visit:
    """Move a visit along VISIT_NEXT; it becomes reported by its report, checked by services.checking.

    A visit is held on its day at the earliest, and called off with a note that says why.
    """
    visit = lock(visit)
    rules.can_move(by, visit, to).or_raise()
    note = note.strip()
    if to == VisitState.REPORTED:
        raise RuleBroken(_("A visit becomes reported by writing its report."))
    if to == VisitState.CHECKED:
        raise RuleBroken(_("A report is checked on the page of reports to check."))
    if visit.state in REPORTED:
        raise RuleBroken(_("What was reported is called off by the employment office, with a reason that is kept."))
    if to == VisitState.CANCELLED and not note:
        raise RuleBroken(_("Say why the visit is called off: those concerned read it."))
    was_ahead = visit.state in AHEAD
    move(visit, to, by=by, at=at, note=note)
    if to == VisitState.CANCELLED and was_ahead:
        telling.tell_organiser_of_cancelling(visit, by=by, at=at, note=note)
    return visit


def move(
    visit: Visit,
    to: VisitState,
    *,
    by: User,
    at: datetime,
    note: str = "",
    kind: TimelineKind | None = None,
    also: Sequence[Change] = (),
) -> None:
    """Walk the table of states with a locked visit, and tell of it with what `also` changed; asks no rule."""
    if to not in VISIT_NEXT[VisitState(visit.state)]:
        raise RuleBroken(
            _("This visit is “%(now)s” and cannot become “%(next)s”.")
            % {"now": visit.get_state_display(), "next": to.label}
        )
    if to == VisitState.HELD and visit.starts_on and visit.starts_on > timezone.localdate(at):
        raise RuleBroken(_("The day of this visit is still ahead."))
    before = snapshot(visit, ["state"])
    visit.state = to
    if to == VisitState.CANCELLED:
        visit.stop = None
    save(visit)
    visit.moves.create(state=to, by=by, at=at, note=note[:300])
    told, changes = kind or TimelineKind.VISIT_MOVED, [*differences(visit, before), *also]
    telling.on_timeline(visit, told, by=by, at=at, text=note, detail=to.value, changes=changes)


@transaction.atomic
def add_participant(
    visit: Visit,
    *,
    side: Side,
    name: str,
    title: str = "",
    part: ParticipantPart = ParticipantPart.TAKES_PART,
    user: User | None = None,
    contact: Contact | None = None,
    by: User,
) -> Participant:
    """Seat somebody at a visit, with the position held that day; an account takes part once."""
    rules.can_report(by, visit).or_raise()
    if contact is not None and contact.enterprise_id != visit.enterprise_id:
        raise RuleBroken(_("%(name)s does not work for this enterprise.") % {"name": contact.name})
    if user is not None and visit.participants.filter(user=user).exists():
        raise RuleBroken(_("%(name)s takes part already.") % {"name": user})
    person = Participant(visit=visit, side=side, name=name, title=title, part=part, user=user, contact=contact)
    person.full_clean()
    person.save()
    return person
