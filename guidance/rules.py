"""Who may do what with guidance."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no
from guidance.models import Adviser, Appointment


def can_name_advisers(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Advisers are named by the employment office."))


def can_advise(user: User) -> Decision:
    """Keep hours, and read what advisers note: those who are advisers today, whatever else they are."""
    if user.is_school_staff and Adviser.objects.filter(user=user, is_active=True).exists():
        return YES
    return no(_("Only advisers do this."))


def can_mark(user: User, appointment: Appointment) -> Decision:
    """Say whether a student came: whose hour it was."""
    if appointment.slot.adviser.user_id == user.pk:
        return can_advise(user)
    return no(_("Only the adviser whose hour it was says this."))


def can_cancel(user: User, appointment: Appointment) -> Decision:
    """The student and the adviser."""
    if user.pk in (appointment.student_id, appointment.slot.adviser.user_id):
        return YES
    return no(_("An appointment is cancelled by the student or the adviser."))
