"""Programmes run together, what is put into them, plaques, mentors and yearly aims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from accounts.models.people import User
from accounts.models.school import Major
from partnerships import rules
from partnerships.choices.agreements import InvestmentKind
from partnerships.choices.programmes import ProgrammeFeatureKind, ProgrammeKind, ProgrammeMeasure
from partnerships.choices.timeline import TimelineKind
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Investment
from partnerships.models.communities import CommunityMeeting
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import AnnualTarget, Mentor, MentorAppearance
from partnerships.models.plaques import Plaque
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


@transaction.atomic
def promise_investment(
    enterprise: Enterprise,
    *,
    promised: Decimal,
    by: User,
    at: datetime,
    kind: InvestmentKind = InvestmentKind.UNSPECIFIED,
    agreement: Agreement | None = None,
    programme: Programme | None = None,
    promised_on: date | None = None,
) -> Investment:
    """Enter what an enterprise promised to put in, in yuan."""
    rules.can_keep_programmes(by).or_raise()
    investment = Investment.objects.create(
        enterprise=enterprise,
        agreement=agreement,
        programme=programme,
        kind=kind,
        promised=promised,
        promised_on=promised_on,
    )
    timeline.record(enterprise, TimelineKind.INVESTMENT_PROMISED, by=by, at=at, detail=f"investment:{promised}")
    return investment


@transaction.atomic
def award_plaque(
    *,
    awarded_to: str,
    kind: ProgrammeKind,
    by: User,
    at: datetime,
    enterprise: Enterprise | None = None,
    meeting: CommunityMeeting | None = None,
    awarded_on: date | None = None,
) -> Plaque:
    """Enter a plaque, of an enterprise or handed over at a meeting."""
    rules.can_keep_programmes(by).or_raise()
    plaque = Plaque.objects.create(
        awarded_to=awarded_to, kind=kind, enterprise=enterprise, meeting=meeting, awarded_on=awarded_on
    )
    if enterprise is not None:
        timeline.record(enterprise, TimelineKind.PLAQUE_AWARDED, by=by, at=at, text=awarded_to, detail=str(kind))
    return plaque


@transaction.atomic
def appoint_mentor(
    enterprise: Enterprise, *, name: str, title: str = "", from_on: date | None = None, by: User, at: datetime
) -> Mentor:
    """Enter a person of an enterprise as an industry mentor."""
    rules.can_keep_programmes(by).or_raise()
    mentor = Mentor.objects.create(enterprise=enterprise, name=name, title=title)
    mentor.appointments.create(from_on=from_on, appointed_by=by, appointed_at=at)
    timeline.record(enterprise, TimelineKind.MENTOR_APPOINTED, by=by, at=at, text=name)
    return mentor


@transaction.atomic
def record_appearance(mentor: Mentor, *, subject: str, held_on: date, by: User, at: datetime) -> MentorAppearance:
    """Enter a lecture or workshop that a mentor gave."""
    rules.can_keep_programmes(by).or_raise()
    appearance: MentorAppearance = mentor.appearances.create(subject=subject, held_on=held_on)
    timeline.record(mentor.enterprise, TimelineKind.MENTOR_APPEARED, by=by, at=at, text=f"{mentor.name} · {subject}")
    return appearance


@transaction.atomic
def set_annual_target(*, name: str, number: int, unit: str, year: int | None = None, by: User) -> AnnualTarget:
    """Set the number that the school aims at in a year; the same aim is set anew."""
    rules.can_keep_programmes(by).or_raise()
    target, _created = AnnualTarget.objects.update_or_create(
        name=name, year=year, defaults={"number": number, "unit": unit}
    )
    return target
