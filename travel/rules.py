"""Who may do what with trips; their stops are visits and follow visits.rules."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no
from visits import rules as visit_rules
from visits.models.campaigns import Trip


def can_plan_trip(user: User) -> Decision:
    """Whoever plans visits."""
    return visit_rules.can_plan(user)


def can_change_trip(user: User, trip: Trip) -> Decision:
    """The office, and whoever organised it; not once it was called off."""
    if trip.called_off_at is not None:
        return no(_("A trip that was called off is not changed any more."))
    if user.is_office or (user.is_school_staff and trip.organiser_id == user.pk):
        return YES
    return no(_("A trip is changed by its organiser and the employment office."))
