"""Who may ask for reports; the figures themselves begin with what a person may see."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no
from reports.figures.figure import Figure
from reports.models.builds import ReportBuild


def can_request(user: User) -> Decision:
    if not user.is_school_staff:
        return no(_("Reports are for the staff of the school."))
    return YES


def can_take_snapshot(user: User) -> Decision:
    """What is kept is counted with the eyes of the school, so only those ask for it who see all of it."""
    if not user.is_office and not user.has_role(Role.LEADER):
        return no(_("The employment office and leadership keep figures as they stand."))
    return YES


def can_set_target(user: User, figure: Figure) -> Decision:
    """No targets for rates of employment: they would be pushed down to people (三不得, Ministry of Education)."""
    if not user.is_office:
        return no(_("The employment office sets what figures are to reach."))
    if figure.about_employment:
        return no(_("No target is set for what is about employment: the Ministry of Education forbids quotas of it."))
    return YES


def can_name_owner(user: User) -> Decision:
    if not user.has_role(Role.ADMIN):
        return no(_("An administrator names who answers for a figure."))
    return YES


def can_build_again(user: User, build: ReportBuild) -> Decision:
    if user.is_office or build.requested_by_id == user.pk:
        return YES
    return no(_("Only the person who asked for a report, or the employment office, has it built again."))
