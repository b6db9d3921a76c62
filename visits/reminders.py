"""What people are reminded of around visits: follow-ups, visits ahead, reports that are missing. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import Assistant, User
from accounts.working_days import working_days
from partnerships.choices.agreements import Side
from visits.choices import AHEAD, ParticipantPart, VisitState
from visits.models.reports import ReportReturn
from visits.models.results import FollowUp
from visits.models.visits import Participant, Visit, VisitQuerySet
from visits.selectors.follow_ups import climbed

# Bands of days around the due day: (key, first, last); each gives one reminder. Later than a month nobody is nagged.
FOLLOW_UP_BANDS = (("3d", -3, -1), ("due", 0, 2), ("late3", 3, 6), ("late7", 7, 30))
LEAD_DAYS = (1, 7)  # nearest first; a visit that was planned at the last minute gets one reminder, not two
REPORT_WITHIN = 3  # working days
REPORT_ASKED_FOR = timedelta(days=60)  # older visits without a report are a backlog, not a matter for a letter


@dataclass(frozen=True)
class FollowUpReminder:
    """To the owner; `late` counts the days since it was due, negative while it is ahead."""

    key: str
    to: User
    follow_up: FollowUp
    late: int


@dataclass(frozen=True)
class VisitReminder:
    """To the leader and the organiser of a visit ahead."""

    key: str
    to: User
    visit: Visit
    days: int


@dataclass(frozen=True)
class ReportReminder:
    """To the organiser and to who writes for the leader, never to the leader."""

    key: str
    to: User
    visit: Visit


@dataclass(frozen=True)
class ClimbedReminder:
    """To everyone of the office, once a week: what is so late that it is theirs to see to."""

    key: str
    to: User
    late: list[FollowUp]


Reminder = FollowUpReminder | VisitReminder | ReportReminder | ClimbedReminder


def due_reminders(now: datetime) -> Iterator[Reminder]:
    """Every reminder that should exist by now, including ones already queued."""
    yield from _follow_ups(now)
    yield from _visits_ahead(now)
    yield from _reports_missing(now)
    yield from _climbed(now)


def _climbed(now: datetime) -> Iterator[ClimbedReminder]:
    """The key holds the week, so that whatever else climbs in it waits for the next."""
    today = timezone.localdate(now)
    late = list(climbed(today))
    if not late:
        return
    year, week, _day = today.isocalendar()
    for officer in User.objects.holding(Role.OFFICER, on=today).order_by("pk"):
        yield ClimbedReminder(key=f"follow_ups:climbed:{year}W{week:02}", to=officer, late=late)


def _follow_ups(now: datetime) -> Iterator[FollowUpReminder]:
    today = timezone.localdate(now)
    first = today - timedelta(days=FOLLOW_UP_BANDS[-1][2])
    last = today - timedelta(days=FOLLOW_UP_BANDS[0][1])
    open_ones = FollowUp.objects.open().filter(due_on__range=(first, last), owner__is_active=True)
    for follow_up in open_ones.select_related("owner", "visit__enterprise"):
        late = (today - follow_up.due_on).days
        band = next(name for name, begins, ends in FOLLOW_UP_BANDS if begins <= late <= ends)
        yield FollowUpReminder(
            key=f"follow_up:{follow_up.pk}:{band}:{follow_up.due_on:%Y%m%d}",
            to=follow_up.owner,
            follow_up=follow_up,
            late=late,
        )


def _visits_ahead(now: datetime) -> Iterator[VisitReminder]:
    today = timezone.localdate(now)
    for visit in _ahead(now).filter(starts_on__lte=today + timedelta(days=LEAD_DAYS[-1])):
        if visit.starts_on is None:
            continue
        days = (visit.starts_on - today).days
        lead = next(lead for lead in LEAD_DAYS if days <= lead)
        for person in _leaders_and_organiser(visit):
            yield VisitReminder(
                key=f"visit:{visit.pk}:{lead}d:{visit.starts_on:%Y%m%d}", to=person, visit=visit, days=days
            )


def _ahead(now: datetime) -> VisitQuerySet:
    """Visits that will take place and have not begun."""
    local = timezone.localtime(now)
    today = Q(starts_on=local.date()) & (Q(starts_at_time__isnull=True) | Q(starts_at_time__gt=local.time()))
    visits: VisitQuerySet = Visit.objects.filter(Q(starts_on__gt=local.date()) | today, state__in=AHEAD)
    return visits.select_related("enterprise", "organiser").prefetch_related("participants__user")


def _leaders_and_organiser(visit: Visit) -> list[User]:
    """Each once, and only people who still may sign in."""
    people = [person.user for person in visit.participants.all() if _leads(person)]
    people.append(visit.organiser)
    return list({person.pk: person for person in people if person is not None and person.is_active}.values())


def _leads(person: Participant) -> bool:
    return person.side == Side.SCHOOL and person.part == ParticipantPart.LEADS


def _reports_missing(now: datetime) -> Iterator[ReportReminder]:
    """Held, or long past without anybody having said whether it was held."""
    today = timezone.localdate(now)
    days = working_days()
    visits = _unreported().filter(starts_on__range=(today - REPORT_ASKED_FOR, today))
    for visit in visits.select_related("enterprise", "organiser").prefetch_related("participants__user"):
        if visit.starts_on is None or days.after(visit.starts_on, REPORT_WITHIN) >= today:
            continue
        for person in _who_writes(visit, today):
            yield ReportReminder(key=f"visit:{visit.pk}:report:{visit.starts_on:%Y%m%d}", to=person, visit=visit)


def _who_writes(visit: Visit, on: date) -> list[User]:
    """Assistants of the leaders and the organiser, each once. Who organised what they lead writes themselves,
    unless somebody does it for them.
    """
    leaders = {person.user_id for person in visit.participants.all() if person.user_id and _leads(person)}
    assistants = Assistant.objects.in_force(on).filter(leader__in=leaders, user__is_active=True)
    people = [row.user for row in assistants.select_related("user") if row.user_id not in leaders]
    organiser = visit.organiser
    if organiser is not None and organiser.is_active and not (people and organiser.pk in leaders):
        people.insert(0, organiser)
    return list({person.pk: person for person in people}.values())


def _unreported() -> VisitQuerySet:
    visits: VisitQuerySet = Visit.objects.filter(state__in=[VisitState.HELD, *AHEAD])
    return visits


def follow_up_still_open(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending."""
    return FollowUp.objects.open().filter(pk=subject_id).exists()


def still_climbed(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: something is still that late."""
    return climbed(timezone.localdate(now)).exists()


def return_still_open(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: nobody has answered the remark yet."""
    return ReportReturn.objects.filter(pk=subject_id, answered_at=None).exists()


def visit_still_ahead(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: neither called off nor begun."""
    return _ahead(now).filter(pk=subject_id).exists()


def report_still_missing(subject_id: int, *, now: datetime) -> bool:
    """Asked at the moment of sending: the day has passed and nobody has reported or called off."""
    return _unreported().filter(pk=subject_id, starts_on__lte=timezone.localdate(now)).exists()
