"""Who may do what with programmes and investments."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Major
from core.decisions import YES, Decision, no
from partnerships.models.programmes import Programme


def can_open_programme(user: User, majors: Iterable[Major] | None = None) -> Decision:
    """The office; college staff where all majors are of their college. None asks before they are chosen."""
    if user.is_office or (majors is None and user.college_ids):
        return YES
    if not user.college_ids:
        return no(_("Only the employment office and college staff keep programmes."))
    colleges = {major.college_id for major in majors or ()}
    if colleges and colleges <= user.college_ids:
        return YES
    return no(_("College staff keep programmes whose majors are all of their own college."))


def can_change_programme(user: User, programme: Programme) -> Decision:
    """Like opening it; classes, outcomes, courses and textbooks too. Reads programme.majors."""
    return can_open_programme(user, programme.majors.all())


def can_upgrade_programme(user: User) -> Decision:
    """What a programme gains later, of whichever college it is."""
    if user.is_office:
        return YES
    return no(_("Only the employment office records what a programme gains."))


def can_keep_investments(user: User) -> Decision:
    """What was promised and what came is money of the whole school."""
    if user.is_office:
        return YES
    return no(_("Only the employment office records investments."))


def can_appoint(user: User) -> Decision:
    """Mentors, their terms, plaques and the yearly aims."""
    if user.is_office:
        return YES
    return no(_("Only the employment office appoints mentors and awards plaques."))


def can_record_appearance(user: User) -> Decision:
    """Who sees mentors on campus: the office, and staff of any college."""
    if user.is_office or user.college_ids:
        return YES
    return no(_("Only the employment office and college staff record what mentors do on campus."))
