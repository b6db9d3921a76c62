"""Industry mentors, what they did on campus, and the yearly aims."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models.people import User
from partnerships import rules
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import AnnualTarget, Mentor, MentorAppearance
from partnerships.services import timeline


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
