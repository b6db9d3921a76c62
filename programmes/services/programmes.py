"""Programmes run together, and what they achieved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from accounts.models.people import User
from accounts.models.school import Major
from partnerships import rules
from partnerships.choices.programmes import ProgrammeFeatureKind, ProgrammeKind, ProgrammeMeasure
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme, ProgrammeFeature, ProgrammeOutcome
from partnerships.services import timeline


@transaction.atomic
def open_programme(
    enterprise: Enterprise,
    *,
    kind: ProgrammeKind,
    name: str,
    by: User,
    at: datetime,
    agreement: Agreement | None = None,
    since: int | None = None,
    place: str = "",
    majors: Iterable[Major] = (),
    features: Sequence[tuple[ProgrammeFeatureKind, str]] = (),
) -> Programme:
    """Enter an order class, apprenticeship, industry college or training base."""
    rules.can_keep_programmes(by).or_raise()
    programme = Programme.objects.create(
        enterprise=enterprise, agreement=agreement, kind=kind, name=name, since=since, place=place
    )
    programme.majors.set(majors)
    ProgrammeFeature.objects.bulk_create(
        ProgrammeFeature(programme=programme, kind=feature, name=text) for feature, text in features
    )
    link = reverse("programmes:programme", args=[programme.pk])
    timeline.record(enterprise, TimelineKind.PROGRAMME_OPENED, by=by, at=at, text=name, detail=str(kind), link=link)
    return programme


@transaction.atomic
def record_outcome(
    programme: Programme,
    *,
    measure: ProgrammeMeasure,
    number: Decimal | int | str,
    is_minimum: bool = False,
    year: int | None = None,
    by: User,
) -> ProgrammeOutcome:
    """Enter what a programme achieved: people, or a ratio between 0 and 1."""
    rules.can_keep_programmes(by).or_raise()
    outcome: ProgrammeOutcome = programme.outcomes.create(
        measure=measure, number=Decimal(number), is_minimum=is_minimum, year=year
    )
    return outcome
