"""Who opens which dashboard, and who sees the same on it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no

SCHOOL = "school"


def readers_of(user: User) -> str:
    """Office and leadership see the same; college staff what their colleges let them see.

    What a reader may see follows from roles and colleges alone (every `visible_to` of what figures count).
    """
    if user.is_office or user.has_role(Role.LEADER):
        return SCHOOL
    return "college=" + ",".join(str(college) for college in sorted(user.college_ids))


def can_open_office(user: User) -> Decision:
    return YES if user.is_office else no(_("This page is the employment office's."))
