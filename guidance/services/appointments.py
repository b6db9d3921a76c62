"""Booking an hour, changing and cancelling it, and what came of it.

Whoever takes an hour locks it first, so that it goes to one student.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.errors import RuleBroken
from guidance import rules
from guidance.choices import AppointmentState
from guidance.models import AdviceNote, AdviceSlot, Appointment
from guidance.services import telling

MOST_AHEAD = 3


def _take(slot: AdviceSlot, *, at: datetime, field: str | None = None) -> AdviceSlot:
    slot = AdviceSlot.objects.select_for_update(of=("self",)).select_related("adviser__user").get(pk=slot.pk)
    if slot.withdrawn_at or not slot.adviser.is_active or slot.starts_at <= at:
        raise RuleBroken(_("This hour is offered no more."), field=field)
    if slot.appointments.exclude(state=AppointmentState.CANCELLED).exists():
        raise RuleBroken(_("Somebody else has booked this hour. Please choose another one."), field=field)
    return slot


def _lock_student(student: User) -> None:
    """One at a time, so that two tabs of one student cannot pass the rules together."""
    User.objects.select_for_update().get(pk=student.pk)


def _ask_for_room(student: User, slot: AdviceSlot, *, at: datetime, besides: int | None = None) -> None:
    ahead = Appointment.objects.filter(student=student, state=AppointmentState.BOOKED, slot__ends_at__gt=at)
    others = [each.slot for each in ahead.select_related("slot") if each.pk != besides]
    if len(others) >= MOST_AHEAD:
        raise RuleBroken(_("You have %(count)s appointments ahead already.") % {"count": len(others)})
    if any(slot.starts_at < other.ends_at and other.starts_at < slot.ends_at for other in others):
        raise RuleBroken(_("You have another appointment at that time."))


@transaction.atomic
def book(slot: AdviceSlot, *, topic: str, question: str, student: User, at: datetime) -> Appointment:
    """Raises RuleBroken where the hour is taken, withdrawn or past, or the student has another one then."""
    if not student.has_role(Role.STUDENT):
        raise PermissionDenied(_("Hours are booked by students."))
    _lock_student(student)
    slot = _take(slot, at=at)
    _ask_for_room(student, slot, at=at)
    appointment = Appointment(slot=slot, student=student, topic=topic, question=question, at=at)
    appointment.full_clean()
    appointment.save()
    telling.tell_now(appointment, slot.adviser.user, "booked", at=at)
    return appointment


def _lock(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("slot__adviser__user", "student")
    return rows.get(pk=appointment.pk)


@transaction.atomic
def change(
    appointment: Appointment, *, slot: AdviceSlot, topic: str, question: str, by: User, at: datetime
) -> Appointment:
    """Another hour, topic or question; the adviser is told of another hour, and so is the one of the hour left."""
    _lock_student(by)
    appointment = _lock(appointment)
    if appointment.student_id != by.pk:
        raise PermissionDenied(_("Only who booked an appointment changes it."))
    _ask_for_ahead(appointment, at=at)
    before = appointment.slot
    if slot.pk != before.pk:
        taken = _take(slot, at=at, field="slot")
        _ask_for_room(by, taken, at=at, besides=appointment.pk)
        appointment.slot = taken
    appointment.topic, appointment.question = topic, question
    appointment.full_clean()
    appointment.save()
    if slot.pk != before.pk:
        telling.tell_now(appointment, appointment.slot.adviser.user, "changed", at=at)
        if before.adviser_id != appointment.slot.adviser_id:
            telling.tell_now(appointment, before.adviser.user, "left", at=at)
    return appointment


def _ask_for_ahead(appointment: Appointment, *, at: datetime) -> None:
    if appointment.state != AppointmentState.BOOKED or appointment.slot.starts_at <= at:
        raise RuleBroken(_("This appointment is over or was cancelled."))


@transaction.atomic
def cancel(appointment: Appointment, *, by: User, at: datetime) -> Appointment:
    """The hour is free again; the other of the two is told."""
    appointment = _lock(appointment)
    rules.can_cancel(by, appointment).or_raise()
    if appointment.state == AppointmentState.CANCELLED:
        return appointment
    _ask_for_ahead(appointment, at=at)
    appointment.state, appointment.cancelled_by = AppointmentState.CANCELLED, by
    appointment.save(update_fields=["state", "cancelled_by"])
    other = appointment.slot.adviser.user if by.pk == appointment.student_id else appointment.student
    telling.tell_now(appointment, other, "cancelled", at=at)
    return appointment


@transaction.atomic
def mark(appointment: Appointment, state: AppointmentState, *, by: User, at: datetime) -> Appointment:
    """Held or missed, once the hour has begun; the adviser may correct it."""
    appointment = _lock(appointment)
    rules.can_mark(by, appointment).or_raise()
    if state not in (AppointmentState.HELD, AppointmentState.MISSED):
        raise RuleBroken(_("An appointment was held or missed."))
    if appointment.state == AppointmentState.CANCELLED or appointment.slot.starts_at > at:
        raise RuleBroken(_("Its hour has not come yet, or it was cancelled."))
    appointment.state = state
    appointment.save(update_fields=["state"])
    return appointment


@transaction.atomic
def note(appointment: Appointment, *, text: str, by: User, at: datetime) -> AdviceNote:
    """Of a student, for advisers alone."""
    rules.can_advise(by).or_raise()
    return AdviceNote.objects.create(student=appointment.student, appointment=appointment, by=by, at=at, text=text)
