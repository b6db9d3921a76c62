"""Who may do what with events."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no


def can_hold_event(user: User) -> Decision:
    if user.is_office or user.has_role(Role.COLLEGE):
        return YES
    return no(_("Events are entered by the employment office and by colleges."))
