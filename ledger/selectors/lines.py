"""The ledger (台账) of a campaign: one line for each visit and major, with all that is written of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from partnerships.choices.agreements import Side
from partnerships.models.agreements import Agreement
from partnerships.models.contacts import Contact
from placements.choices import PostingKind
from reports.figures.figure import Scope, visible
from reports.figures.visits import visits_in
from visits.choices import ParticipantPart
from visits.models.results import FollowUp, Outcome
from visits.models.visits import Participant, Visit, VisitQuerySet

PORTION = 200


@dataclass(frozen=True)
class Line:
    """One visit and one of the majors asked for there; without any, the visit alone."""

    number: int
    visit: Visit
    outcome: Outcome | None
    on: date

    @cached_property
    def people(self) -> list[Participant]:
        return [person for person in self.visit.participants.all() if person.was_present]

    @property
    def leader(self) -> Participant | None:
        """Who led for the school."""
        leads = (p for p in self.people if p.side == Side.SCHOOL and p.part == ParticipantPart.LEADS)
        return next(leads, None)

    @property
    def host(self) -> Participant | None:
        """Who received us: whoever chaired or led for the enterprise, else the first who was there."""
        theirs = [person for person in self.people if person.side == Side.ENTERPRISE]
        chairs = [person for person in theirs if person.part != ParticipantPart.TAKES_PART]
        return next(iter(chairs or theirs), None)

    @property
    def companions(self) -> str:
        others = [p for p in self.people if p.side == Side.SCHOOL and p is not self.leader]
        return joined(f"{person.name} {person.title}".strip() for person in others)

    @property
    def contact(self) -> Contact | None:
        return next((contact for contact in self.visit.enterprise.contacts.all() if contact.is_primary), None)

    @property
    def intentions(self) -> str:
        return joined(intention.name for intention in self.visit.intentions.all())

    @property
    def follow_ups(self) -> str:
        return joined(
            f"{item.what} ({item.owner}, {item.due_on:%Y-%m-%d}, {item.get_state_display()})"
            for item in self.visit.follow_ups.all()
        )

    @property
    def evidence(self) -> str:
        return joined(f"{item.get_kind_display()}: {item.name}" for item in self.visit.evidence.all())

    @property
    def agreements(self) -> list[Agreement]:
        return list(self.visit.agreements.all())

    @property
    def recruits_on_campus(self) -> bool:
        return any(posting.kind == PostingKind.CAMPUS for posting in self.visit.postings.all())


def joined(words: object) -> str:
    return _("; ").join(str(word) for word in words)  # type: ignore[attr-defined]


def ledger_visits(scope: Scope) -> VisitQuerySet:
    """Visits that took place, in the order of their days, with everything that a line names."""
    earlier = Visit.objects.took_place().filter(
        Q(starts_on__lt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__lt=OuterRef("pk")),
        enterprise=OuterRef("enterprise"),
    )
    may_see = visible(Agreement.objects.select_related("kind"), scope)
    return (
        visits_in(scope)
        .annotate(is_first=~Exists(earlier))
        .select_related("enterprise__province", "enterprise__nature", "enterprise__industry")
        .defer("enterprise__search", "enterprise__about")
        .prefetch_related(
            "enterprise__flags",
            Prefetch("outcomes", Outcome.objects.select_related("major__college")),
            "participants",
            "intentions",
            Prefetch("follow_ups", FollowUp.objects.select_related("owner")),
            "evidence",
            "postings",
            Prefetch("agreements", may_see),
            Prefetch("enterprise__contacts", Contact.objects.current(scope.on)),
        )
        .order_by(F("starts_on").asc(nulls_last=True), "pk")
    )


def portions(scope: Scope, numbers: list[int]) -> Iterator[list[Line]]:
    """The lines of the visits, read in portions of 200 visits; numbered from 1."""
    count = 0
    visits = ledger_visits(scope)
    for start in range(0, len(numbers), PORTION):
        lines: list[Line] = []
        for visit in visits.filter(pk__in=numbers[start : start + PORTION]):
            outcomes: list[Outcome | None] = list(visit.outcomes.all())
            for outcome in outcomes or [None]:
                count += 1
                lines.append(Line(count, visit, outcome, scope.on))
        yield lines
