"""Who keeps communities and consortia."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no


def can_keep_communities(user: User) -> Decision:
    """Their members, organs, meetings, charters, shared resources and lists."""
    if user.is_office:
        return YES
    return no(_("Only the employment office keeps communities."))
