"""The list of visits, a visit's page, its briefing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from accounts.models.people import User
from core.search import search_query
from partnerships.choices.agreements import Side
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.enterprises import Enterprise
from visits import rules
from visits.choices import AHEAD, REPORTED, TOOK_PLACE, VISIT_NEXT, ParticipantPart, VisitState
from visits.models.results import FollowUp, Outcome
from visits.models.visits import Participant, Visit, VisitMove, VisitQuerySet
from visits.selectors import checking, words
from visits.selectors.came_of_it import with_use

SORTS: dict[str, list[Any]] = {
    "newest": [F("starts_on").desc(nulls_last=True), "-pk"],
    "oldest": [F("starts_on").asc(nulls_last=True), "pk"],
    "enterprise": ["enterprise__legal_name", "-pk"],
    "posts": ["-places", "-pk"],
}


def visit_list(user: User, filters: dict[str, Any], *, on: date) -> VisitQuerySet:
    """Visits that a person may see and asked for, with what a row shows of each; nothing is fetched yet."""
    rows = Visit.objects.visible_to(user)
    if filters.get("find"):
        rows = _found(rows, filters["find"])
    for name in ("state", "direction", "medium"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    if filters.get("campaign"):
        rows = rows.filter(campaigns=filters["campaign"])
    if filters.get("leader"):
        rows = rows.filter(pk__in=_led_by(filters["leader"]))
    if filters.get("mine"):
        rows = rows.filter(Q(pk__in=_led_by(user.pk)) | Q(organiser=user))
    if filters.get("since"):
        rows = rows.filter(starts_on__gte=filters["since"])
    if filters.get("until"):
        rows = rows.filter(starts_on__lte=filters["until"])
    if filters.get("unreported"):
        rows = rows.unreported(on)
    return with_rows(rows).order_by(*SORTS[filters.get("sort") or "newest"])


def with_rows(visits: VisitQuerySet) -> VisitQuerySet:
    """What a row of any list of visits shows: enterprise, leaders, places offered."""
    offered = Outcome.objects.filter(visit=OuterRef("pk")).order_by().values("visit")
    leaders = Participant.objects.filter(visit=OuterRef("pk"), side=Side.SCHOOL, part=ParticipantPart.LEADS)
    return visits.select_related("enterprise").annotate(
        leaders=ArraySubquery(words.shown_names(leaders.order_by("pk"))),
        places=Coalesce(
            Subquery(offered.annotate(all=Sum(F("posts") + F("internships"))).values("all")),
            0,
            output_field=IntegerField(),
        ),
    )


def _found(rows: VisitQuerySet, typed: str) -> VisitQuerySet:
    """By the names of the enterprise; nothing where the words hold nothing to search."""
    query = search_query(typed)
    if query is None:
        return rows.none()
    return rows.filter(enterprise__in=Enterprise.objects.filter(search=query).order_by().values("pk"))


def _led_by(user_id: int) -> QuerySet[Participant, Any]:
    led = Participant.objects.filter(user=user_id, side=Side.SCHOOL, part=ParticipantPart.LEADS)
    return led.order_by().values("visit")


def of_enterprise(user: User, enterprise: Enterprise) -> VisitQuerySet:
    """All visits of one enterprise, newest first."""
    return with_rows(Visit.objects.visible_to(user).filter(enterprise=enterprise)).order_by(*SORTS["newest"])


def visit_with_people(user: User) -> VisitQuerySet:
    """Visits with who takes part and the few words around them; two queries.

    `topic_rows`, `campaign_rows`, `place_rows`, `need_rows` and `flag_rows` are plain values, see
    visits.selectors.words.
    """
    participants = Participant.objects.select_related("user", "contact")
    return (
        Visit.objects.visible_to(user)
        .select_related(
            "enterprise__province",
            "enterprise__region",
            "trip",
            "organiser",
            "reported_by",
            "reported_for",
            "result_form",
            "event",
        )
        .annotate(**words.around_a_visit(), **checking.around_a_report())
        .prefetch_related(Prefetch("participants", participants))
    )


def add_parts(visit: Visit, user: User, *, on: date) -> None:
    """Fetch what the page of a visit shows beside its people; one query for a visit ahead, eight for one held."""
    parts: list[Any] = [Prefetch("moves", VisitMove.objects.select_related("by"))]
    if visit.state in TOOK_PLACE:
        agreements = Agreement.objects.visible_to(user).with_stage(on).select_related("kind")
        parts += [
            "intentions",
            "evidence",
            "commitments",
            Prefetch("postings", with_use()),
            Prefetch("outcomes", Outcome.objects.select_related("major")),
            Prefetch("follow_ups", FollowUp.objects.select_related("owner")),
            Prefetch("agreements", agreements),
        ]
    prefetch_related_objects([visit], *parts)


def promises_to_take_over(visit: Visit) -> QuerySet[Commitment]:
    """Open promises of a visit that no agreement holds yet: the next one drawn up takes them over."""
    return Commitment.objects.open().filter(visits=visit, agreement__isnull=True)


@dataclass(frozen=True)
class Step:
    """One state on the path of a visit: done, current, or still ahead."""

    label: str
    status: str


PATH = (VisitState.PLANNED, VisitState.CONFIRMED, VisitState.HELD, VisitState.REPORTED, VisitState.CHECKED)


def stepper(visit: Visit) -> list[Step]:
    """The path from plan to check; a visit that was called off ends where it stood."""
    if visit.state == VisitState.CANCELLED:
        gone = {move.state for move in visit.moves.all()}
        steps = [Step(str(state.label), "done") for state in PATH if state in gone]
        return [*steps, Step(str(VisitState.CANCELLED.label), "current")]
    here = PATH.index(VisitState(visit.state))
    return [
        Step(str(state.label), "done" if place < here else "current" if place == here else "")
        for place, state in enumerate(PATH)
    ]


def moves(user: User, visit: Visit, *, on: date) -> list[VisitState]:
    """Where this person may move the visit now; reporting and what comes after it have pages of their own."""
    if visit.state in REPORTED:
        return []
    after = VISIT_NEXT[VisitState(visit.state)] - {VisitState.REPORTED}
    if visit.starts_on and visit.starts_on > on:
        after -= {VisitState.HELD}
    order = (*PATH, VisitState.CANCELLED)
    return [to for to in sorted(after, key=order.index) if rules.can_move(user, visit, to)]


def may_report_now(user: User, visit: Visit, *, on: date) -> bool:
    """The day has come and there is no report yet."""
    begun = visit.state == VisitState.HELD or (
        visit.state in AHEAD and visit.starts_on is not None and visit.starts_on <= on
    )
    return begun and bool(rules.can_report(user, visit))


def of_side(visit: Visit, side: Side) -> list[Participant]:
    """People of one side, who leads and chairs first; reads what was fetched with the visit."""
    order = {ParticipantPart.CHAIRS.value: 0, ParticipantPart.LEADS.value: 1}
    people = [person for person in visit.participants.all() if person.side == side]
    return sorted(people, key=lambda person: (order.get(person.part, 2), person.pk))
