"""Who may look after the outbox."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models.people import User
from core.decisions import YES, Decision, no
from notifications.models.messages import OutgoingMessage


def can_send_again(user: User, message: OutgoingMessage) -> Decision:
    if not user.is_office:
        return no(_("Only the employment office can send a message again."))
    return YES


def can_set_reminders(user: User) -> Decision:
    if not user.has_role(Role.ADMIN):
        return no(_("Only an administrator can set the reminders."))
    return YES
