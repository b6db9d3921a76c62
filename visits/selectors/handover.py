"""Who is responsible for what today, and what of it may go to somebody else."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, DateField, F, Q, QuerySet, Value, Window
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from core.names import in_language
from partnerships.selectors import handover as of_partnerships
from partnerships.selectors.handover import Duty
from placements.selectors import handover as of_placements
from visits import rules
from visits.choices import AHEAD
from visits.models.campaigns import TripMember
from visits.models.handover import HandOver, HandOverItem
from visits.models.results import FollowUp
from visits.models.visits import Participant, Visit

SHOWN = 80  # rows of a kind that can be left out one by one; a form has at most 1,000 fields
NAMED = 5  # rows that the last look names
DUTIES: tuple[Duty, ...] = (
    *of_partnerships.DUTIES,
    *of_placements.DUTIES,
    Duty(
        "follow_up",
        _("Open follow-ups"),
        FollowUp,
        "owner",
        lambda on: FollowUp.objects.open(),
        page="visits:visit",
        page_key="visit_id",
        enterprise="visit__enterprise",
        title="what",
        day="due_on",
    ),
    Duty(
        "visit",
        _("Visits ahead, as organiser"),
        Visit,
        "organiser",
        lambda on: Visit.objects.filter(state__in=AHEAD, starts_on__gte=on),
        page="visits:visit",
        title="goal",
        day="starts_on",
        can_take=lambda user, _visit: rules.can_plan(user),
    ),
    Duty(
        "seat",
        _("Visits ahead, taking part"),
        Participant,
        "user",
        lambda on: Participant.objects.filter(visit__state__in=AHEAD, visit__starts_on__gte=on),
        page="visits:visit",
        page_key="visit_id",
        enterprise="visit__enterprise",
        title="visit__goal",
        day="visit__starts_on",
    ),
    Duty(
        "trip",
        _("Trips ahead"),
        TripMember,
        "user",
        lambda on: TripMember.objects.filter(trip__starts_on__gte=on).select_related("trip"),
        page="travel:trip",
        page_key="trip_id",
        enterprise=None,
        title="trip__name",
        day="trip__starts_on",
    ),
)
BY_CODE = {duty.code: duty for duty in DUTIES}


@dataclass(frozen=True)
class Held:
    """One thing that a person looks after."""

    pk: int
    name: str
    enterprise: str
    day: date | None


@dataclass
class Holding:
    """All things of one kind that a person looks after; `rows` are the first of them."""

    duty: Duty
    number: int
    rows: list[Held] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not among the rows."""
        return self.number - len(self.rows)


@dataclass
class Bearer:
    """A person with the number of things of each kind that they look after."""

    person: User
    numbers: Counter[str]
    has_left: bool

    @property
    def total(self) -> int:
        return self.numbers.total()

    @property
    def enterprises(self) -> int:
        return self.numbers["owner"]


def active_staff(*, on: date) -> QuerySet[User]:
    """Who may take something over: an open account with a role of the school's staff today."""
    grants = RoleGrant.objects.in_force(on).exclude(role=Role.STUDENT).values("user")
    people: QuerySet[User] = User.objects.filter(Q(pk__in=grants) | Q(is_superuser=True), is_active=True)
    return people.order_by("number")


def people_who_left(*, on: date) -> list[int]:
    """Keys of everybody who is neither a student nor on the staff today; few, so that looking for theirs is quick."""
    people = User.objects.filter(student_profile__isnull=True).exclude(pk__in=active_staff(on=on).order_by())
    return list(people.values_list("pk", flat=True))


def bearers(*, on: date, among: Sequence[int] | None = None) -> list[Bearer]:
    """Everybody (or everybody among some) who looks after something, those who left first; two queries."""
    parts = [_numbers(duty, on, among) for duty in DUTIES]
    numbers: dict[int, Counter[str]] = {}
    for code, person, number in parts[0].union(*parts[1:], all=True):
        numbers.setdefault(person, Counter())[code] = number
    still_here = active_staff(on=on).values("pk")
    people = User.objects.filter(pk__in=numbers).annotate(is_here=Count("pk", filter=Q(pk__in=still_here)))
    found = [Bearer(person, numbers[person.pk], has_left=not person.is_here) for person in people.order_by("number")]
    return sorted(found, key=lambda bearer: not bearer.has_left)


def _numbers(duty: Duty, on: date, among: Sequence[int] | None) -> QuerySet[Any, Any]:
    """(kind, person, how many) of everybody, or among some."""
    whose = {f"{duty.field}__isnull": False} if among is None else {f"{duty.field}__in": among}
    rows = duty.open(on).filter(**whose).order_by().prefetch_related(None)
    kind = Value(duty.code, output_field=CharField())
    counted: QuerySet[Any, Any] = rows.values(held_kind=kind, holder=F(duty.field)).annotate(held_number=Count("pk"))
    return counted.values_list("held_kind", "holder", "held_number")


def holdings(person: User, *, on: date) -> list[Holding]:
    """What one person looks after, by kind, the first rows of each; one query."""
    parts = [_first_rows(duty, person, on) for duty in DUTIES]
    found: dict[str, Holding] = {}
    for code, pk, name, zh, en, day, number in parts[0].union(*parts[1:], all=True):
        holding = found.setdefault(code, Holding(BY_CODE[code], number))
        holding.rows.append(Held(pk, name, in_language(zh, en), day))
    return [found[duty.code] for duty in DUTIES if duty.code in found]


def _first_rows(duty: Duty, person: User, on: date) -> QuerySet[Any, Any]:
    text, nothing = CharField(), Value("", output_field=CharField())
    path = "" if not duty.enterprise else f"{duty.enterprise}__"
    zh, en = (
        (nothing, nothing)
        if duty.enterprise is None
        else (Cast(f"{path}legal_name", text), Cast(f"{path}name_en", text))
    )
    rows = duty.open(on).filter(**{duty.field: person}).order_by("pk").prefetch_related(None).select_related(None)
    shown: QuerySet[Any, Any] = rows.annotate(
        held_kind=Value(duty.code, output_field=text),
        held_name=Cast(duty.title, text) if duty.title else nothing,
        held_zh=zh,
        held_en=en,
        held_day=F(duty.day) if duty.day else Cast(Value(None), DateField()),
        held_number=Window(Count("pk")),
    ).values_list("held_kind", "pk", "held_name", "held_zh", "held_en", "held_day", "held_number")
    return shown[:SHOWN]


def unreported(person: User, *, on: date) -> int:
    """Visits that this person organised and nobody has reported; they are past and stay."""
    return Visit.objects.unreported(on).filter(organiser=person).count()


Chosen = dict[str, list[Any]]  # by duty
LeftOut = Mapping[str, Iterable[int]]  # keys by duty


def chosen(person: User, codes: Iterable[str], left_out: LeftOut, *, on: date) -> Chosen:
    """The records of these kinds but for what stays; a query for each kind."""
    return {code: list(going(person, code, left_out, on=on)) for code in codes}


def going(person: User, code: str, left_out: LeftOut, *, on: date) -> QuerySet[Any]:
    """What would go of one kind."""
    return BY_CODE[code].held_by(person, on=on).exclude(pk__in=list(left_out.get(code, ())))


def fingerprint(found: Chosen) -> str:
    """Tells whether the same things would go as were looked at."""
    keys = sorted(f"{code}:{row.pk}" for code, rows in found.items() for row in rows)
    return hashlib.sha256(" ".join(keys).encode()).hexdigest()


@dataclass
class Moved:
    """What went of one kind to one person."""

    label: str
    receiver: User
    items: list[HandOverItem]

    @property
    def back(self) -> int:
        return sum(item.is_back for item in self.items)


def moved(handover: HandOver, user: User) -> list[Moved]:
    """What a hand-over moved, by kind and person; staff outside the office see what came to them. One query."""
    items = handover.items.select_related("enterprise", "receiver")
    if not user.is_office:
        items = items.filter(receiver=user)
    groups: dict[tuple[str, int], Moved] = {}
    for item in items:
        label = str(BY_CODE[item.duty].label)
        groups.setdefault((item.duty, item.receiver_id), Moved(label, item.receiver, [])).items.append(item)
    order = list(BY_CODE)
    return [groups[key] for key in sorted(groups, key=lambda key: (order.index(key[0]), key[1]))]


@dataclass(frozen=True)
class Going:
    """What would go of one kind: how many, to whom, the first names, and how many stay."""

    label: str
    receiver: User
    number: int
    names: list[str]
    stay: int


def preview(found: Chosen, receivers: Mapping[str, User], left_out: LeftOut) -> list[Going]:
    """What is looked at before it is done; reads nothing."""
    return [
        Going(
            label=str(duty.label),
            receiver=receivers[duty.code],
            number=len(found[duty.code]),
            names=[_in_words(duty, row) for row in found[duty.code][:NAMED]],
            stay=len(list(left_out.get(duty.code, ()))),
        )
        for duty in DUTIES
        if found.get(duty.code)
    ]


def _in_words(duty: Duty, row: Any) -> str:
    enterprise = duty.enterprise_of(row)
    return " · ".join(part for part in (str(enterprise or ""), duty.name_of(row)) if part)
