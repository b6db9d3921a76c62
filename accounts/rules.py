"""Who may enter people and the school's own names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import StudentProfile, User
from core.decisions import YES, Decision, no


def can_manage_people(user: User) -> Decision:
    if not user.has_role(Role.ADMIN):
        return no(_("Only an administrator enters people and the names of the school."))
    return YES


def can_change_profile(user: User, profile: StudentProfile) -> Decision:
    if profile.user_id != user.pk:
        return no(_("Students change their own profile only."))
    return YES


def can_change_address(user: User, person: User) -> Decision:
    """The address opens the account (new password), so the office may not take over an equal's."""
    if user.has_role(Role.ADMIN):
        return YES
    if not user.is_office:
        return no(_("Only the employment office mends addresses."))
    if person.is_office or person.is_staff or person.is_superuser:
        return no(_("Only an administrator changes the address of the office's own people."))
    return YES
