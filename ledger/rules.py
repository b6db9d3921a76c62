"""Who hands the ledger to the national platform: the employment office."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no


def can_upload(user: User) -> Decision:
    """Make files for the platform, say what became of them, and keep its codes."""
    if user.is_office:
        return YES
    return no(_("Only the employment office reports to the national platform."))
