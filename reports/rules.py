"""Who may ask for reports, stop, delete and schedule them; the figures themselves begin with what a person may see."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no
from reports.figures.figure import Figure
from reports.models.builds import ReportBuild
from reports.models.schedules import ReportSchedule


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


def _is_theirs(user: User, build: ReportBuild) -> bool:
    return user.is_office or (user.is_school_staff and build.requested_by_id == user.pk)


def can_build_again(user: User, build: ReportBuild) -> Decision:
    if _is_theirs(user, build):
        return YES
    return no(_("Only the person who asked for a report, or the employment office, has it built again."))


def can_cancel(user: User, build: ReportBuild) -> Decision:
    if _is_theirs(user, build):
        return YES
    return no(_("Only the person who asked for a report, or the employment office, cancels it."))


def can_delete(user: User, build: ReportBuild) -> Decision:
    if _is_theirs(user, build):
        return YES
    return no(_("Only the person who asked for a report, or the employment office, deletes it."))


def can_schedule(user: User) -> Decision:
    """The office for everybody, leadership for itself."""
    if user.is_office or user.has_role(Role.LEADER):
        return YES
    return no(_("The employment office schedules reports; leadership does so for itself."))


def can_change_schedule(user: User, schedule: ReportSchedule) -> Decision:
    if user.is_office or (schedule.owner_id == user.pk and can_schedule(user)):
        return YES
    return no(_("Only the owner of a schedule, or the employment office, changes it."))
