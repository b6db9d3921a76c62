"""Nothing leaves a copy of the portal: outside production only addresses on a list are written to.

Production says so itself (settings.PRODUCTION). The sample school's mail goes to a catcher on this machine.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

logger = logging.getLogger(__name__)


def is_open() -> bool:
    """May anybody be written to: in production, and where a catcher takes what is written."""
    return bool(settings.PRODUCTION or settings.MAIL_IS_CAUGHT)


def may_leave(address: str) -> bool:
    """May this address be written to? The list (MAIL_ALLOWED) has addresses, and domains such as `@school.example`."""
    if is_open():
        return True
    address = address.lower()
    return any(address == allowed or (allowed[0] == "@" and address.endswith(allowed)) for allowed in _allowed())


def _allowed() -> list[str]:
    return [word.lower() for word in settings.MAIL_ALLOWED if word]


class GuardedBackend(EmailBackend):
    """Django's own, but for addresses that may not be written to; the log counts them and names none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        passed = [message for message in email_messages if self._passes(message)]
        kept = len(email_messages) - len(passed)
        if kept:
            logger.warning("%s mails were not sent: this is not production (PRODUCTION, MAIL_ALLOWED).", kept)
        sent: Any = super().send_messages(passed) if passed else 0
        return sent or 0

    @staticmethod
    def _passes(message: EmailMessage) -> bool:
        for name in ("to", "cc", "bcc"):
            setattr(message, name, [address for address in getattr(message, name) if may_leave(address)])
        return bool(message.recipients())
