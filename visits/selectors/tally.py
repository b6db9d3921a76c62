"""Everything that counts in a campaign, read in three queries whatever the number of targets, colleges and leaders.

The rows are those of visits.counting; here they are only put side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet, Value

from accounts.models.people import User
from partnerships.models.agreements import Agreement, AgreementQuerySet
from visits import counting
from visits.choices import Measure, ParticipantPart
from visits.models.campaigns import Campaign, CampaignTarget
from visits.models.visits import Visit, VisitQuerySet

COLLEGE, PRESENT, LED = "of_college", "present", "led"


class Counted(NamedTuple):
    """One row that counts: at which visit, as what it counts once, and how much."""

    visit: int
    key: int
    amount: int


@dataclass(frozen=True)
class Tally:
    """`days` are those of the visits that count; `visits_of` those of a college, a person or a role."""

    days: dict[int, date | None]
    rows: dict[str, list[Counted]]
    visits_of: dict[tuple[str, str], frozenset[int]]

    def number(self, measure: str, visits: frozenset[int] | None = None) -> int:
        """Of some visits, or of all."""
        return max((reached for reached, _day in self._course(measure, visits)), default=0)

    def reached_on(self, measure: str, number: int, visits: frozenset[int] | None = None) -> date | None:
        """The day of the visit with which a number was reached; None where it was not, or that visit has no day."""
        return next((day for reached, day in self._course(measure, visits) if reached >= number), None)

    def first_day(self) -> date | None:
        return min((day for day in self.days.values() if day), default=None)

    def of_target(self, target: CampaignTarget) -> frozenset[int] | None:
        """The visits that count for a target; None for all."""
        if target.role:
            return self.visits_of.get((target.role, ""), frozenset())
        if target.college_id:
            return self.of_college(target.college_id)
        if target.name:
            return frozenset().union(*(self.of_person(leader) for leader in target.leader_ids))  # type: ignore[attr-defined]
        return None

    def of_college(self, college: int) -> frozenset[int]:
        return self.visits_of.get((COLLEGE, str(college)), frozenset())

    def of_person(self, person: int) -> frozenset[int]:
        """Where somebody was present, leading or not."""
        return self.visits_of.get((PRESENT, str(person)), frozenset())

    def who_led(self) -> set[int]:
        return {int(person) for kind, person in self.visits_of if kind == LED}

    def _course(self, measure: str, visits: frozenset[int] | None) -> Iterator[tuple[int, date | None]]:
        """How the number rose, visit by visit; those without a day come last."""
        seen: set[int] = set()
        reached = 0
        for row in self.rows[measure]:
            if row.key not in seen and (visits is None or row.visit in visits):
                seen.add(row.key)
                reached += row.amount
                yield reached, self.days[row.visit]


def tally(user: User, campaign: Campaign, *, roles: Iterable[str], on: date) -> Tally:
    """Three queries; agreements are those that this person may see, as the rows behind their number are."""
    visits = counting.counted_visits(campaign)
    found = list(visits.order_by().values_list("pk", "starts_on", "enterprise"))
    days = {pk: day for pk, day, _enterprise in found}
    rows: dict[str, list[Counted]] = {measure.value: [] for measure in Measure}
    rows[Measure.VISITS] = [Counted(pk, pk, 1) for pk, _day, _enterprise in found]
    rows[Measure.ENTERPRISES] = [Counted(pk, enterprise, 1) for pk, _day, enterprise in found]
    new = set()
    for measure, visit, key, amount in _counted(user, campaign, visits):
        if measure == Measure.NEW_ENTERPRISES:
            new.add(key)
        else:
            rows[measure].append(Counted(visit, key, amount))
    rows[Measure.NEW_ENTERPRISES] = [row for row in rows[Measure.ENTERPRISES] if row.key in new]
    for counted in rows.values():
        counted.sort(key=lambda row: (days[row.visit] or date.max, row.visit, row.key))
    return Tally(days, rows, _narrowed(visits, roles, on))


def _counted(user: User, campaign: Campaign, visits: VisitQuerySet) -> QuerySet[Any, Any]:
    """Measure, visit, key and amount of every row that is no visit itself; one query."""
    new = _columns(counting.new_enterprises(campaign), Measure.NEW_ENTERPRISES, Value(0), F("pk"))
    places = F("posts") + F("internships")
    return new.union(
        _columns(counting.person_times(visits), Measure.PERSON_TIMES, F("visit_id"), F("pk")),
        _columns(counting.openings_at(visits), Measure.OPENINGS, F("visit_id"), F("pk"), places),
        _of_agreements(counting.agreements_of(visits).visible_to(user), visits, Measure.AGREEMENTS),
        _of_agreements(counting.bases_of(visits).visible_to(user), visits, Measure.BASES),
        _columns(counting.recruitments_of(visits), Measure.RECRUITMENTS, F("visit_id"), F("pk")),
        all=True,
    )


def _of_agreements(agreements: AgreementQuerySet, visits: VisitQuerySet, measure: Measure) -> QuerySet[Any, Any]:
    """Each agreement with each of the visits that led to it."""
    links = Agreement.visits.through._default_manager.filter(
        visit__in=visits.order_by().values("pk"), agreement__in=agreements.order_by().values("pk")
    )
    return _columns(links, measure, F("visit_id"), F("agreement_id"))


def _columns(rows: QuerySet[Any], measure: Measure, visit: Any, key: Any, amount: Any = None) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(tally_measure=Value(measure.value, CharField()), tally_visit=visit, tally_key=key)
    columns: QuerySet[Any, Any] = named.annotate(tally_amount=amount or Value(1)).values_list(
        "tally_measure", "tally_visit", "tally_key", "tally_amount"
    )
    return columns


def _narrowed(visits: VisitQuerySet, roles: Iterable[str], on: date) -> dict[tuple[str, str], frozenset[int]]:
    """Which visits count for each college, each person, and each role that is asked for; one query."""
    colleges = Visit.colleges.through._default_manager.filter(visit__in=visits.order_by().values("pk"))
    present = counting.person_times(visits).filter(user__isnull=False)
    found = _of_whom(colleges, COLLEGE, F("college_id"), F("visit_id")).union(
        _of_whom(present, PRESENT, F("user_id"), F("visit_id")),
        _of_whom(present.filter(part=ParticipantPart.LEADS), LED, F("user_id"), F("visit_id")),
        *(_of_whom(counting.led_by_role(visits, role, on=on), role, Value(0), F("pk")) for role in roles),
        all=True,
    )
    visits_of: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, whom, visit in found:
        visits_of[kind, str(whom) if whom else ""].add(visit)
    return {whom: frozenset(pks) for whom, pks in visits_of.items()}


def _of_whom(rows: QuerySet[Any], kind: str, whom: Any, visit: Any) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(tally_kind=Value(kind, CharField()), tally_whom=whom, tally_visit=visit)
    columns: QuerySet[Any, Any] = named.values_list("tally_kind", "tally_whom", "tally_visit")
    return columns
