"""Agreements that sleep: in force, and nothing of substance happened around them for a long time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from accounts.models.people import User
from core.days import midnight
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement, AgreementParty, AgreementQuerySet
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.enterprise_filters import months_before

# A visit, a posting (interns and hires come by one), a mentor, an outcome, evidence, money: not letters, not edits.
SUBSTANCE = (
    TimelineKind.VISIT_REPORTED,
    TimelineKind.POSTING_MOVED,
    TimelineKind.EVENT_HELD,
    TimelineKind.MENTOR_APPEARED,
    TimelineKind.OUTCOME_RECORDED,
    TimelineKind.EVIDENCE_ADDED,
    TimelineKind.INVESTMENT_RECEIVED,
)
BEGAN = Coalesce("starts_on", "signed_on", TruncDate("created_at"))


def _around() -> QuerySet[TimelineEntry]:
    """What happened around any enterprise among the parties of the agreement of the outer query."""
    parties = AgreementParty.objects.filter(agreement=OuterRef(OuterRef("pk")), enterprise__isnull=False).order_by()
    return TimelineEntry.objects.filter(kind__in=SUBSTANCE, enterprise__in=parties.values("enterprise"))


def sleeping(rows: AgreementQuerySet, *, on: date) -> AgreementQuerySet:
    """Those of the rows that are in force, began before the term, and of which nothing happened within it."""
    since = months_before(on, settings.AGREEMENT_SLEEPS_AFTER_MONTHS)
    recent = _around().filter(at__gte=midnight(since), at__lt=midnight(date.fromordinal(on.toordinal() + 1)))
    begun = rows.in_force(on).annotate(began=BEGAN)
    return begun.filter(~Exists(recent), Q(("began__lte", since)))  # as annotated


def with_last_sign(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Annotate `last_at` and `last_entry`: the last thing of substance since the agreement began."""
    since_it_began = _around().filter(at__date__gte=OuterRef("began")).order_by("-at", "-pk")
    last_at = Subquery(since_it_began.values("at")[:1], output_field=DateTimeField())
    return rows.annotate(last_at=last_at, last_entry=Subquery(since_it_began.values("pk")[:1]))


@dataclass(frozen=True)
class Sleeper:
    """An agreement that sleeps, and the last thing that happened around it, if anything did."""

    agreement: Any
    entry: TimelineEntry | None


def sleeping_list(user: User, *, on: date) -> QuerySet[Agreement]:
    """All that sleep and that a person may see, those that never woke first, then by when something last happened."""
    rows = sleeping(Agreement.objects.visible_to(user).with_stage(on), on=on)
    named = with_last_sign(rows).select_related("enterprise", "kind", "owner", "deputy")
    return named.order_by(F("last_at").asc(nulls_first=True), F("began").asc(), "pk")


def sleepers(rows: list[Agreement]) -> list[Sleeper]:
    """The rows of one page with their last entries; one query."""
    keys = [row.last_entry for row in rows if row.last_entry]  # type: ignore[attr-defined]  # annotated above
    entries = TimelineEntry.objects.select_related("enterprise").in_bulk(keys)
    return [Sleeper(row, entries.get(row.last_entry)) for row in rows]  # type: ignore[attr-defined]
