"""Who may do what with events."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import StudentProfile, User
from core.decisions import YES, Decision, no
from events.choices import EventState
from events.models import Event


def can_hold_event(user: User) -> Decision:
    if user.is_office or user.has_role(Role.COLLEGE):
        return YES
    return no(_("Events are entered by the employment office and by colleges."))


def can_keep(user: User, event: Event) -> Decision:
    """Change it, move it on, answer questions: the office, the organiser, and the college that holds it."""
    if user.is_office or (event.organiser_id == user.pk and can_hold_event(user)):
        return YES
    if event.college_id is not None and event.college_id in user.college_ids:
        return YES
    return no(_("An event is kept by its organiser, the college that holds it, and the employment office."))


def can_change(user: User, event: Event) -> Decision:
    if event.state == EventState.CANCELLED:
        return no(_("An event that was called off is not changed any more."))
    return can_keep(user, event)


def can_check_in(user: User) -> Decision:
    """Stand at the door: any colleague of the office or of a college, whoever keeps the event."""
    if can_hold_event(user):
        return YES
    return no(_("Students are let in by the employment office and by colleges."))


def can_take_part(user: User, event: Event, profile: StudentProfile | None) -> Decision:
    """Sign up: students whom the event is for. `event.majors` is read."""
    if profile is None or not user.has_role(Role.STUDENT):
        return no(_("Students sign up for events."))
    if event.class_of is not None and event.class_of != profile.class_of:
        return no(_("This event is for the class of %(year)s.") % {"year": event.class_of})
    majors = list(event.majors.all())
    if majors and profile.major_id not in {major.pk for major in majors}:
        return no(_("This event is for other majors than yours."))
    return YES
