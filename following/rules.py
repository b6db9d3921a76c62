"""Who follows what."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no
from placements.models.postings import Posting


def can_follow(user: User) -> Decision:
    if not user.has_role(Role.STUDENT):
        return no(_("Only students follow postings and enterprises."))
    return YES


def can_follow_posting(user: User, posting: Posting, *, on: date) -> Decision:
    """A student, what they may see: what is open or announced, and what they applied to."""
    follows = can_follow(user)
    if not follows:
        return follows
    if not Posting.objects.visible_to(user, on=on).filter(pk=posting.pk).exists():
        return no(_("This posting cannot be seen yet."))
    return YES
