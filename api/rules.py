"""Who may have tokens, end them, and see what was collected."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from api.models.tokens import ApiToken
from core.decisions import YES, Decision, no


def can_have_tokens(user: User) -> Decision:
    """Asked when one is made and at every request, so that a role that ended ends its tokens."""
    if not user.is_school_staff or not user.roles & set(settings.API_ROLES):
        return no(_("Tokens are for staff of the school whose role is allowed to use the API."))
    return YES


def can_revoke(user: User, token: ApiToken) -> Decision:
    if token.person_id == user.pk or user.has_role(Role.ADMIN):
        return YES
    return no(_("Only the person whose token it is, or an administrator, revokes it."))


def can_see_every_token(user: User) -> Decision:
    if user.has_role(Role.ADMIN):
        return YES
    return no(_("Only an administrator sees the tokens of others."))


def can_see_collected(user: User) -> Decision:
    if user.has_role(Role.ADMIN):
        return YES
    return no(_("Only an administrator sees what was collected from other schools."))
