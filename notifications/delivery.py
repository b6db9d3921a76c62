"""Sending stored messages: claim the row, ask whether it still holds, send, note the outcome.

A crash after the mail server took a mail and before the row says so sends it a second time with
the same Message-ID; in every other case a message is sent once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.alone import alone
from notifications import gathering, limits
from notifications.choices import Channel, MessageState
from notifications.models.messages import OutgoingMessage
from notifications.outcomes import Kept, Problem
from notifications.sending import Sender, sender_of
from notifications.standing import still_holds

logger = logging.getLogger(__name__)

SENT_BY_US = (Channel.EMAIL, Channel.CHAT)
ATTEMPTS = 24
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(hours=1)
RUN_SECONDS = 50  # the next sweep rings again
PATIENCE_SECONDS = 30

# What the parts of a gathered letter are when the letter is in a state.
_PARTS = {
    MessageState.SENT: MessageState.SENT,
    MessageState.FAILED: MessageState.FAILED,
    MessageState.DROPPED: MessageState.DROPPED,
    MessageState.QUEUED: MessageState.HELD,
}


def deliver_message(message_id: int, *, now: datetime) -> bool:
    """Send one stored message if it is still waiting and a place of this minute is free; was it sent now?"""
    waiting = OutgoingMessage.objects.waiting(now).filter(pk=message_id)
    channel = waiting.values_list("channel", flat=True).first()
    if channel is None or not limits.take(Channel(channel), now=now):
        return False
    with sender_of(Channel(channel)) as sender:
        return _claim(message_id, now=now) and _deliver(message_id, sender, now=now)


def deliver_due(channel: Channel, *, clock: Callable[[], datetime] = timezone.now) -> int:
    """Send what waits on a channel, the oldest first, until nothing waits, the minute is full or the run is long.

    One run at a time per channel: a flood of mails leaves the other workers to other work.
    """
    sent, ends = 0, time.monotonic() + RUN_SECONDS
    with alone(f"deliver {channel}") as is_alone, sender_of(channel) as sender:
        if not is_alone:
            return 0
        while time.monotonic() < ends:
            now = clock()
            message_id = _next(channel, now=now)
            if message_id is None or not limits.take(channel, now=now):
                break
            if _claim(message_id, now=now):
                sent += _deliver(message_id, sender, now=now)
    return sent


def sweep(*, now: datetime) -> list[Channel]:
    """Give back claims of workers that died, and gather what is due; returns the channels on which something waits."""
    rows = OutgoingMessage.objects.filter(channel__in=SENT_BY_US)
    claim_lasts = timedelta(seconds=settings.CLAIM_LASTS)
    abandoned = rows.filter(state=MessageState.SENDING).exclude(
        claimed_at__range=(now - claim_lasts, now + claim_lasts)
    )
    abandoned.update(state=MessageState.QUEUED, send_after=now)
    gathering.gather(now=now)
    waiting = rows.waiting(now)
    return [channel for channel in SENT_BY_US if waiting.filter(channel=channel).exists()]


def _next(channel: Channel, *, now: datetime) -> int | None:
    waiting = OutgoingMessage.objects.waiting(now).filter(channel=channel)
    with transaction.atomic():
        free = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("send_after", "pk")
        return free.values_list("pk", flat=True).first()


def _claim(message_id: int, *, now: datetime) -> bool:
    """Take it for sending; False when another worker was first."""
    waiting = OutgoingMessage.objects.waiting(now).filter(pk=message_id)
    return bool(waiting.update(state=MessageState.SENDING, claimed_at=now, attempts=F("attempts") + 1))


def _deliver(message_id: int, sender: Sender, *, now: datetime) -> bool:
    """Send what was claimed; what goes wrong with one message stops no other."""
    message = OutgoingMessage.objects.select_related("recipient").get(pk=message_id)
    try:
        if not (gathering.compose(message, now=now) if message.is_digest else still_holds(message, now=now)):
            _finish(message, MessageState.DROPPED)
            return False
        sender.send(message)
    except Kept:
        _finish(message, MessageState.DROPPED, error=_in_the_language_of_the_school())
        return False
    except Problem as problem:
        _note_problem(message, problem, now=now)
        return False
    except Exception as problem:  # noqa: BLE001 - whatever it is, the messages behind this one are to leave
        _note_problem(message, Problem(type(problem).__name__, reason=type(problem).__name__), now=now)
        return False
    _note_sent(message, now=now)
    return True


def _note_sent(message: OutgoingMessage, *, now: datetime) -> None:
    """A database that ends just now is waited for: what it does not learn is sent a second time."""
    last = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return _finish(message, MessageState.SENT, sent_at=now)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > last:
                raise
            connection.close()
            time.sleep(0.2)


def _in_the_language_of_the_school() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("This is not the portal in use: only listed addresses are written to.")


def _note_problem(message: OutgoingMessage, problem: Problem, *, now: datetime) -> None:
    """Failed for good, or waiting again, each time longer; the log names no address."""
    is_over = problem.is_final or message.attempts >= ATTEMPTS
    logger.warning("Message %s was not delivered at attempt %s: %s", message.pk, message.attempts, problem.reason)
    if is_over:
        _finish(message, MessageState.FAILED, error=str(problem))
    else:
        rest = min(FIRST_REST * 2 ** min(message.attempts - 1, 10), LONGEST_REST)
        _finish(message, MessageState.QUEUED, error=str(problem), send_after=now + rest)


@transaction.atomic
def _finish(
    message: OutgoingMessage,
    state: MessageState,
    *,
    sent_at: datetime | None = None,
    error: str = "",
    send_after: datetime | None = None,
) -> None:
    """Note the outcome of the claim, and of what the letter gathers; a claim that was given back notes nothing."""
    outcome: dict[str, object] = {"state": state, "sent_at": sent_at, "error": error[:300]}
    if send_after is not None:
        outcome["send_after"] = send_after
    if state == MessageState.SENT and message.recipient is None:
        outcome["link"] = ""  # it may open something without signing in: it is in the letter, and nowhere else
    claimed = OutgoingMessage.objects.filter(pk=message.pk, state=MessageState.SENDING, claimed_at=message.claimed_at)
    if claimed.update(**outcome) and message.is_digest:
        parts = OutgoingMessage.objects.filter(digest=message.pk).exclude(state=MessageState.DROPPED)
        parts.update(state=_PARTS[state], sent_at=sent_at, error=error[:300])
