"""Who may ask for reports; the figures themselves begin with what a person may see."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no
from reports.models.builds import ReportBuild


def can_request(user: User) -> Decision:
    if not user.is_school_staff:
        return no(_("Reports are for the staff of the school."))
    return YES


def can_build_again(user: User, build: ReportBuild) -> Decision:
    if user.is_office or build.requested_by_id == user.pk:
        return YES
    return no(_("Only the person who asked for a report, or the employment office, has it built again."))
