"""Who may ask enterprises for postings, show them applicants, and give their people accounts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no
from desk.models.requests import DeskRequest


def can_ask_for_postings(user: User) -> Decision:
    if user.is_office or user.has_role(Role.COLLEGE):
        return YES
    return no(_("Enterprises are asked for postings by the employment office and by colleges."))


def can_show_applicants(user: User) -> Decision:
    """Applicants are of several colleges, so that no college shows them."""
    if user.is_office:
        return YES
    return no(_("Only the employment office shows applicants to an enterprise."))


def can_keep_accounts(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Only the employment office invites contacts and ends their accounts."))


def can_keep_request(user: User, request: DeskRequest) -> Decision:
    """Who sends a letter again or withdraws it: the office, and whoever asked."""
    if user.is_office or request.asked_by_id == user.pk:
        return YES
    return no(_("A request is kept by the employment office and by whoever asked."))


def can_bring_lists(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Only the employment office brings lists of postings."))
