"""Who imports: the employment office."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no


def can_import(user: User) -> Decision:
    if user.is_office:
        return YES
    return no(_("Only the employment office imports lists."))
