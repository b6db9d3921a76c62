"""Who may look after the outbox."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models.people import User
from core.decisions import YES, Decision, no
from notifications.models import OutgoingMessage


def can_send_again(user: User, message: OutgoingMessage) -> Decision:
    if not user.is_office:
        return no(_("Only the employment office can send a message again."))
    return YES
