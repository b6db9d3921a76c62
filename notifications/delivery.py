"""Sending stored e-mails: claim the row, ask whether it still holds, send, note the outcome.

A crash after the mail server took a mail and before the row says so sends it a second time with
the same Message-ID; in every other case a message is sent once.
"""

from __future__ import annotations

import hashlib
import logging
import smtplib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db.models import F, Q
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from notifications.choices import Channel, MessageState
from notifications.models import OutgoingMessage
from notifications.texts import email_body

logger = logging.getLogger(__name__)

CLAIM_LASTS = timedelta(minutes=30)
LOST_AFTER = timedelta(seconds=30)
RETRIES_REST = timedelta(minutes=15)  # longer than any wait between the task's own retries
SWEEP_LIMIT = 500
ATTEMPTS = 24
# Our own account or host is refused, not the address: worth another try when that is mended.
_OUR_FAULT = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


class NotDelivered(OSError):
    """The mail server could not be reached or asked to try later; names no address."""


def deliver_message(message_id: int, *, now: datetime) -> bool:
    """Send one stored e-mail if it is still waiting; returns whether it was sent now.

    Raises NotDelivered when it is worth another try; the message then waits again.
    """
    message = _claim(message_id, now=now)
    if message is None:
        return False
    if not _still_holds(message, now=now):
        _finish(message, MessageState.DROPPED)
        return False
    try:
        _email(message).send()
    except (OSError, ValueError) as problem:
        _note_problem(message, problem)
        return False
    _finish(message, MessageState.SENT, sent_at=now)
    return True


def sweep(*, now: datetime) -> list[int]:
    """Give back claims of workers that died; returns the oldest messages to ring again, at most 500."""
    OutgoingMessage.objects.filter(state=MessageState.SENDING, claimed_at__lte=now - CLAIM_LASTS).update(
        state=MessageState.QUEUED
    )
    lost = OutgoingMessage.objects.waiting(now - LOST_AFTER).filter(
        Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - RETRIES_REST)
    )
    return list(lost.order_by("send_after", "pk").values_list("pk", flat=True)[:SWEEP_LIMIT])


def waiting_letters(first_id: int, *, now: datetime) -> list[int]:
    """Letters to people without an account that nobody has taken yet, from one of them on, the oldest first."""
    letters = OutgoingMessage.objects.waiting(now).filter(recipient=None, claimed_at=None, pk__gte=first_id)
    return list(letters.order_by("pk").values_list("pk", flat=True))


def _claim(message_id: int, *, now: datetime) -> OutgoingMessage | None:
    """The message, taken for sending by this call alone; None when there is nothing to send."""
    waiting = OutgoingMessage.objects.waiting(now).filter(pk=message_id)
    if not waiting.update(state=MessageState.SENDING, claimed_at=now, attempts=F("attempts") + 1):
        return None  # sent already, or another worker has it, or its time has not come
    return OutgoingMessage.objects.select_related("recipient").get(pk=message_id)


def _still_holds(message: OutgoingMessage, *, now: datetime) -> bool:
    """Is the recipient still here, and the matter still as it was when the message was stored?"""
    if message.recipient and not message.recipient.is_active:
        return False
    if not message.still_due:
        return True
    return bool(import_string(settings.STILL_DUE[message.still_due])(message.subject_id, now=now))


def _email(message: OutgoingMessage) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    digest = hashlib.sha256(f"{message.key}|{message.channel}".encode()).hexdigest()[:40]
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=email_body(message),
        to=[message.to],
        headers={
            "Message-ID": f"<{digest}@{host}>",
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.calendar:
        # As a part that calendars read by themselves, and as a file for those that do not.
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        mail.attach("invite.ics", message.calendar.encode(), "application/ics")
    return mail


def _note_problem(message: OutgoingMessage, problem: OSError | ValueError) -> None:
    """Failed for good, or waiting again and NotDelivered raised; the log names no address."""
    code = _smtp_code(problem)
    is_final = code >= 500 or isinstance(problem, ValueError | smtplib.SMTPNotSupportedError)
    is_final = is_final and not isinstance(problem, _OUR_FAULT)
    is_over = is_final or message.attempts >= ATTEMPTS
    reason = f"{type(problem).__name__} {code or ''}".strip()
    logger.warning("Message %s was not delivered at attempt %s: %s", message.pk, message.attempts, reason)
    _finish(message, MessageState.FAILED if is_over else MessageState.QUEUED, error=_explain(problem)[:300])
    if not is_over:
        raise NotDelivered(reason) from None


def _finish(message: OutgoingMessage, state: MessageState, *, sent_at: datetime | None = None, error: str = "") -> None:
    claimed = OutgoingMessage.objects.filter(
        pk=message.pk, state=MessageState.SENDING, claimed_at=message.claimed_at, channel=Channel.EMAIL
    )
    outcome: dict[str, object] = {"state": state, "sent_at": sent_at, "error": error}
    if state == MessageState.SENT and message.recipient is None:
        outcome["link"] = ""  # it may open something without signing in: it is in the letter, and nowhere else
    claimed.update(**outcome)


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


def _smtp_code(problem: Exception) -> int:
    return _answer(problem)[0]


def _explain(problem: Exception) -> str:
    """What staff read beside a failed message, in the language of the school."""
    code, words = _answer(problem)
    with translation.override(settings.LANGUAGE_CODE):
        if code:
            return _("The mail server answered: %(code)s %(words)s") % {"code": code, "words": words}
        if isinstance(problem, ValueError | smtplib.SMTPNotSupportedError):
            return _("No mail can be sent to this address; please check how it is written.")
        return _("The mail server could not be reached.")
