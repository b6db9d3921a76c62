"""Who may do what with surveys."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no


def can_keep_surveys(user: User) -> Decision:
    """Their questions, their times, who is asked, and the names of who was."""
    if user.is_office:
        return YES
    return no(_("Only the employment office opens surveys and sends them."))
