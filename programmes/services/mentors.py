"""Industry mentors: appointed for a term, changed, appointed again; what they do on campus; the yearly aims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Major
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships import rules as partnership_rules
from partnerships.changes import Change, differences, snapshot
from partnerships.choices.programmes import AppearanceKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import AnnualTarget, Mentor, MentorAppearance, MentorAppointment
from partnerships.services import timeline
from programmes import rules

TERM = ("kind", "college", "from_on", "to_on", "number", "pay_per_hour")


def _tell(
    mentor: Mentor,
    kind: TimelineKind,
    *,
    by: User,
    at: datetime,
    text: str = "",
    detail: str = "",
    changes: list[Change] | None = None,
) -> None:
    link = reverse("programmes:mentor", args=[mentor.pk])
    words = " · ".join(part for part in (mentor.name, text) if part)
    timeline.record(mentor.enterprise, kind, by=by, at=at, text=words, detail=detail, link=link, changes=changes)


@transaction.atomic
def appoint_mentor(
    enterprise: Enterprise, *, name: str, majors: Iterable[Major] = (), by: User, at: datetime, **fields: Any
) -> Mentor:
    """Enter a person of an enterprise as a mentor with a first term.

    `fields` are columns of Mentor and of MentorAppointment. Raises RuleBroken for a person who is a mentor of the
    enterprise already: a further term is added to that mentor.
    """
    rules.can_appoint(by).or_raise()
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    if Mentor.objects.filter(enterprise=enterprise, name=name).exists():
        words = _("%(name)s is a mentor already: add a term on their page.")
        raise RuleBroken(words % {"name": name}, field="name")
    term = {field: fields.pop(field) for field in TERM if field in fields}
    mentor = Mentor(enterprise=enterprise, name=name, version=0, **fields)
    save(mentor)
    mentor.majors.set(majors)
    _add_term(mentor, term, by=by, at=at)
    _tell(mentor, TimelineKind.MENTOR_APPOINTED, by=by, at=at, text=mentor.title)
    return mentor


def _add_term(mentor: Mentor, term: dict[str, Any], *, by: User, at: datetime) -> MentorAppointment:
    appointment = MentorAppointment(mentor=mentor, appointed_by=by, appointed_at=at, **term)
    appointment.full_clean()
    if _terms_beside(appointment).exists():
        raise RuleBroken(_("This term overlaps with another one of the same kind."), field="from_on")
    appointment.save()
    return appointment


def _terms_beside(appointment: MentorAppointment) -> Any:
    """Other terms of the same kind and college that share a day with this one."""
    others = appointment.mentor.appointments.filter(kind=appointment.kind, college=appointment.college)
    if appointment.from_on:
        others = others.filter(Q(to_on__isnull=True) | Q(to_on__gte=appointment.from_on))
    if appointment.to_on:
        others = others.filter(Q(from_on__isnull=True) | Q(from_on__lte=appointment.to_on))
    return others.exclude(pk=appointment.pk)


@transaction.atomic
def appoint_again(mentor: Mentor, *, fields: dict[str, Any], by: User, at: datetime) -> MentorAppointment:
    """Add a term. Raises RuleBroken where it overlaps with one of the same kind, ValidationError for a bad one."""
    rules.can_appoint(by).or_raise()
    mentor = lock(mentor)
    appointment = _add_term(mentor, fields, by=by, at=at)
    _tell(mentor, TimelineKind.MENTOR_APPOINTED, by=by, at=at, detail=str(appointment.kind))
    return appointment


@transaction.atomic
def end_appointment(appointment: MentorAppointment, *, on: date, by: User, at: datetime) -> MentorAppointment:
    """End a term early, or at all; raises RuleBroken for a day before it began or after its own end."""
    rules.can_appoint(by).or_raise()
    mentor = lock(appointment.mentor)
    appointment = MentorAppointment.objects.get(pk=appointment.pk)
    if appointment.from_on and on < appointment.from_on:
        raise RuleBroken(_("A term cannot end before it begins."), field="on")
    if appointment.to_on and on > appointment.to_on:
        raise RuleBroken(_("The term ends before that day already."), field="on")
    before = snapshot(appointment, ["to_on"])
    appointment.to_on = on
    appointment.save(update_fields=["to_on"])
    _tell(mentor, TimelineKind.MENTOR_CHANGED, by=by, at=at, changes=differences(appointment, before))
    return appointment


@transaction.atomic
def change_mentor(mentor: Mentor, *, version: int | None, fields: dict[str, Any], by: User, at: datetime) -> Mentor:
    """Correct what is on file of a mentor. Raises StaleEdit."""
    partnership_rules.can_keep_file(by).or_raise()
    mentor = lock(mentor, version=version)
    before = snapshot(mentor, fields)
    for name, value in fields.items():
        if name == "majors":
            mentor.majors.set(value)
        else:
            setattr(mentor, name, value)
    save(mentor)
    if changes := differences(mentor, before):
        _tell(mentor, TimelineKind.MENTOR_CHANGED, by=by, at=at, changes=changes)
    return mentor


def _check(appearance: MentorAppearance, *, at: datetime) -> None:
    """What a person can mend; the database holds the same but for the day."""
    if appearance.held_on > timezone.localdate(at):
        raise RuleBroken(_("It is recorded once it has been held."), field="held_on")
    if appearance.paid_on and appearance.pay is None:
        raise RuleBroken(_("Say how much was paid."), field="pay")
    if appearance.paid_on and appearance.paid_on > timezone.localdate(at):
        raise RuleBroken(_("This day lies ahead."), field="paid_on")
    appearance.full_clean()


@transaction.atomic
def record_appearance(
    mentor: Mentor,
    *,
    subject: str,
    held_on: date,
    kind: AppearanceKind = AppearanceKind.LECTURE,
    hours: Decimal | None = None,
    photo: File[bytes] | None = None,
    by: User,
    at: datetime,
    **more: Any,
) -> MentorAppearance:
    """Enter what a mentor did on campus; `more` are further columns. Once per day and subject."""
    rules.can_record_appearance(by).or_raise()
    mentor = lock(mentor)
    appearance = MentorAppearance(
        mentor=mentor, subject=subject, held_on=held_on, kind=kind, hours=hours, by=by, **more
    )
    _set_photo(appearance, photo)
    _check(appearance, at=at)
    appearance.save()
    _tell(mentor, TimelineKind.MENTOR_APPEARED, by=by, at=at, text=subject)
    return appearance


def _set_photo(appearance: MentorAppearance, photo: File[bytes] | None) -> None:
    if photo:
        appearance.photo, appearance.photo_name = photo, (photo.name or "")[-200:]


@transaction.atomic
def change_appearance(
    appearance: MentorAppearance, *, fields: dict[str, Any], by: User, at: datetime
) -> MentorAppearance:
    """Correct what was recorded, or say when it was paid."""
    rules.can_record_appearance(by).or_raise()
    mentor = lock(appearance.mentor)
    appearance = MentorAppearance.objects.get(pk=appearance.pk)
    columns = {name: value for name, value in fields.items() if name != "photo"}
    before = snapshot(appearance, columns)
    for name, value in columns.items():
        setattr(appearance, name, value)
    _set_photo(appearance, fields.get("photo"))
    _check(appearance, at=at)
    appearance.save()
    if changes := differences(appearance, before):
        _tell(mentor, TimelineKind.MENTOR_CHANGED, by=by, at=at, text=appearance.subject, changes=changes)
    return appearance


@transaction.atomic
def remove_appearance(appearance: MentorAppearance, *, by: User, at: datetime) -> None:
    """Take out what was recorded by mistake; the timeline tells of it."""
    rules.can_appoint(by).or_raise()
    mentor = lock(appearance.mentor)
    subject = f"{appearance.subject} {appearance.held_on}"
    appearance.delete()
    _tell(mentor, TimelineKind.MENTOR_CHANGED, by=by, at=at, text=subject, detail="removed")


@transaction.atomic
def set_annual_target(*, name: str, number: int, unit: str, year: int | None = None, by: User) -> AnnualTarget:
    """Set the number that the school aims at in a year; the same aim is set anew."""
    rules.can_appoint(by).or_raise()
    target, _created = AnnualTarget.objects.update_or_create(
        name=name, year=year, defaults={"number": number, "unit": unit}
    )
    return target
