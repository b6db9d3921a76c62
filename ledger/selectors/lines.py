"""The lines of the ledger (台账): one for each visit and major, with all that is written of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import College
from core.names import in_language
from partnerships.choices.agreements import Side
from partnerships.models.agreements import Agreement
from partnerships.models.codes import Flag
from partnerships.models.contacts import Contact
from visits.choices import EvidenceKind, ParticipantPart
from visits.counting import recruitments_agreed
from visits.models.campaigns import Campaign
from visits.models.results import Evidence, FollowUp, Intention, Outcome
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

    @cached_property
    def leader(self) -> Participant | None:
        """Who led for the school."""
        leads = (p for p in self.people if p.side == Side.SCHOOL and p.part == ParticipantPart.LEADS)
        return next(leads, None)

    @cached_property
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
    def contact(self) -> dict[str, str]:
        return next(iter(self._rows("contact_rows")), {})

    @property
    def colleges(self) -> str:
        """Whose visit it is; where nobody said so, the college of the major."""
        named = [in_language(row["zh"], row["en"]) for row in self._rows("college_rows")]
        return joined(named) if named or self.outcome is None else str(self.outcome.major.college)

    @property
    def campaigns(self) -> str:
        return joined(row["name"] for row in self._rows("campaign_rows"))

    @property
    def intentions(self) -> str:
        return joined(row["name"] for row in self._rows("intention_rows"))

    @property
    def follow_ups(self) -> str:
        return joined(
            f"{item.what} ({item.owner}, {item.due_on:%Y-%m-%d}, {item.get_state_display()})"
            for item in self.visit.follow_ups.all()
        )

    @property
    def evidence(self) -> str:
        return joined(f"{EvidenceKind(row['kind']).label}: {row['name']}" for row in self._rows("evidence_rows"))

    @property
    def agreements(self) -> list[Agreement]:
        return list(self.visit.agreements.all())

    def says(self, fact: str) -> bool:
        """One of the facts that the database worked out: is_first, is_alumni, recruits_on_campus."""
        return bool(getattr(self.visit, fact))

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return list(getattr(self.visit, name))


def joined(words: object) -> str:
    return _("; ").join(str(word) for word in words)  # type: ignore[attr-defined]


def _around(on: date) -> dict[str, ArraySubquery]:
    """The few words around a visit, read with it."""
    visit = OuterRef("pk")
    contacts = Contact.objects.current(on).filter(enterprise=OuterRef("enterprise"), is_primary=True)
    return {
        "campaign_rows": ArraySubquery(Campaign.objects.filter(visits=visit).values(row=JSONObject(name="name"))),
        "college_rows": ArraySubquery(
            College.objects.filter(visits=visit).order_by("code").values(row=JSONObject(zh="name_zh", en="name_en"))
        ),
        "intention_rows": ArraySubquery(
            Intention.objects.filter(visit=visit).order_by("pk").values(row=JSONObject(kind="kind", name="name"))
        ),
        "evidence_rows": ArraySubquery(
            Evidence.objects.filter(visit=visit).order_by("kind", "pk").values(row=JSONObject(kind="kind", name="name"))
        ),
        "contact_rows": ArraySubquery(
            contacts.order_by("pk").values(row=JSONObject(name="name", phone="phone"))[:1]
        ),
    }  # fmt: skip


def with_lines(visits: VisitQuerySet, *, user: User | None, on: date) -> VisitQuerySet:
    """Visits with everything that a line names; six queries. Agreements are those that this person may see."""
    earlier = Visit.objects.took_place().filter(
        Q(starts_on__lt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__lt=OuterRef("pk")),
        enterprise=OuterRef("enterprise"),
    )
    agreements = Agreement.objects.select_related("kind")
    may_see = agreements if user is None else agreements.visible_to(user)
    return (
        visits.annotate(
            is_first=~Exists(earlier.order_by()),
            is_alumni=Exists(Flag.objects.filter(enterprises=OuterRef("enterprise"), code="alumni")),
            recruits_on_campus=Exists(recruitments_agreed().filter(visit=OuterRef("pk"))),
            **_around(on),
        )
        .select_related("enterprise__province", "enterprise__nature", "enterprise__industry", "result_form")
        .defer("enterprise__search", "enterprise__about")
        .prefetch_related(
            Prefetch("outcomes", Outcome.objects.select_related("major__college")),
            Prefetch("participants", Participant.objects.select_related("user")),
            Prefetch("follow_ups", FollowUp.objects.select_related("owner")),
            Prefetch("agreements", may_see),
        )
    )


def lines_of(visits: Sequence[Visit], *, on: date, after: int = 0) -> list[Line]:
    """The lines of some visits that were read with_lines, numbered on."""
    lines: list[Line] = []
    for visit in visits:
        outcomes: list[Outcome | None] = list(visit.outcomes.all())
        lines += [Line(after + len(lines) + place, visit, each, on) for place, each in enumerate(outcomes or [None], 1)]
    return lines


def portions(numbers: Sequence[int], *, user: User | None, on: date, size: int = PORTION) -> Iterator[list[Line]]:
    """The lines of the visits with these numbers, in this order, read in portions; numbered from 1."""
    count = 0
    for start in range(0, len(numbers), size):
        wanted = numbers[start : start + size]
        found = with_lines(Visit.objects.filter(pk__in=wanted), user=user, on=on).in_bulk()
        lines = lines_of([found[pk] for pk in wanted if pk in found], on=on, after=count)
        count += len(lines)
        yield lines
