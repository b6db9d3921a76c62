"""The two ways out: a mail server, and the robots of chats."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from core.mail_guard import may_leave
from notifications import chat
from notifications.choices import Channel
from notifications.mailing import mail_of
from notifications.models.messages import OutgoingMessage
from notifications.outcomes import Kept, Problem

# Our own account or host is refused, not the address: worth another try when that is mended.
_OUR_FAULT = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


class Sender(Protocol):
    """Sends a message or raises Problem or Kept."""

    def send(self, message: OutgoingMessage) -> None: ...


@contextmanager
def sender_of(channel: Channel) -> Iterator[Sender]:
    """What sends messages of a channel, over one connection for a whole run."""
    if channel == Channel.CHAT:
        yield ChatSender()
        return
    sender = MailSender()
    try:
        yield sender
    finally:
        sender.close()


class MailSender:
    """Keeps the connection open until something goes wrong with it."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def send(self, message: OutgoingMessage) -> None:
        if not may_leave(message.to):
            raise Kept
        try:
            validate_email(message.to)
            mail = mail_of(message)
            self._connection.open()
            mail.connection = self._connection
            mail.send()
        except (OSError, ValueError, ValidationError) as problem:
            self.close()
            raise _explained(problem) from None

    def close(self) -> None:
        try:
            self._connection.close()
        except OSError:
            self._connection = get_connection()


class ChatSender:
    """Speaks through the robot that the reader named."""

    def send(self, message: OutgoingMessage) -> None:
        chat.say(message)


def _explained(problem: Exception) -> Problem:
    """The mail server's own words, in a sentence in the language of the school."""
    code, words = _answer(problem)
    is_final = code >= 500 or isinstance(problem, ValueError | ValidationError | smtplib.SMTPNotSupportedError)
    reason = f"{type(problem).__name__} {code or ''}".strip()
    with translation.override(settings.LANGUAGE_CODE):
        if code:
            said = _("The mail server answered: %(code)s %(words)s") % {"code": code, "words": words}
        elif is_final:
            said = _("No mail can be sent to this address; please check how it is written.")
        else:
            said = _("The mail server could not be reached.")
    return Problem(said, reason=reason, is_final=is_final and not isinstance(problem, _OUR_FAULT))


def _answer(problem: Exception) -> tuple[int, str]:
    """The mail server's code and words, (0, "") when it gave none."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        answer: tuple[int, bytes | str] = max(problem.recipients.values(), default=(0, b""))
    elif isinstance(problem, smtplib.SMTPResponseException):
        answer = problem.smtp_code, problem.smtp_error
    else:
        return 0, ""
    code, words = answer
    return code, words.decode("utf-8", "replace") if isinstance(words, bytes) else words
