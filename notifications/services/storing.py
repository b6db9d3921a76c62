"""Putting messages into the table, once per key, person and channel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models.people import User
from notifications.choices import Channel, Matter, MessageState, Pace
from notifications.delivering import deliver, deliver_due
from notifications.hours import gathered_at
from notifications.models.messages import OutgoingMessage
from notifications.models.reminding import ReminderHours
from notifications.ringing import ring
from notifications.selectors.preferences import paces_of
from notifications.selectors.reminding import office_hours
from notifications.services.quietly import is_quiet

BATCH = 500
FEW = 20  # so many are stored and rung for one by one


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message to one person, before their channels are known. `content` has the columns of the message."""

    user: User
    key: str
    matter: Matter
    content: dict[str, Any]
    send_after: datetime


def store(drafts: Sequence[Draft], *, at: datetime) -> int:
    """Insert one message per draft and wanted channel unless it is there; what may leave now is rung for after the
    commit. Returns how many messages are new, of many at least those that nobody else stores at the same moment.
    """
    rows = _rows(drafts, at=at)
    keys = {row.key for row in rows}
    stored = OutgoingMessage.objects.of_people().filter(key__in=keys)
    known = set(stored.values_list("key", "recipient", "channel"))
    new = [row for row in rows if (row.key, row.recipient_id, row.channel) not in known]
    if not new:
        return 0
    if len(new) <= FEW:
        new = [row for row in new if _inserted(row)]
    else:
        OutgoingMessage.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    leaving = [row for row in new if _leaves_now(row, at)]
    if leaving:
        transaction.on_commit(partial(_ring, leaving))
    return len(new)


def _inserted(row: OutgoingMessage) -> bool:
    """Was it this call that stored the message, and not another one at the same moment?"""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        same = OutgoingMessage.objects.filter(key=row.key, recipient=row.recipient_id, channel=row.channel)
        if not same.exists():
            raise
        return False
    return True


def _rows(drafts: Iterable[Draft], *, at: datetime) -> list[OutgoingMessage]:
    drafts = list(drafts)
    paces = paces_of({draft.user.pk for draft in drafts})
    hours = office_hours()
    rows: dict[tuple[str, int, Channel], OutgoingMessage] = {}
    for draft in drafts:
        for channel in Channel:
            pace = paces[draft.user.pk, draft.matter, channel]
            if pace != Pace.OFF and not (is_quiet() and channel != Channel.INBOX):
                rows[draft.key, draft.user.pk, channel] = _row(draft, channel, pace, hours, at=at)
    return list(rows.values())


def _row(draft: Draft, channel: Channel, pace: Pace, hours: ReminderHours, *, at: datetime) -> OutgoingMessage:
    """The inbox has it at once; what is gathered waits for its reader's hour."""
    message = OutgoingMessage(
        key=draft.key, channel=channel, matter=draft.matter, recipient=draft.user, queued_at=at, **draft.content
    )
    message.state, message.send_after = MessageState.QUEUED, draft.send_after
    if channel == Channel.INBOX:
        message.state, message.sent_at = MessageState.SENT, at
    elif pace != Pace.AT_ONCE and not message.calendar:  # an invitation does not wait for a letter
        message.state = MessageState.HELD
        message.send_after = gathered_at(pace, draft.send_after, draft.user, hours=hours)
    return message


def _leaves_now(row: OutgoingMessage, at: datetime) -> bool:
    return row.state == MessageState.QUEUED and row.send_after <= at


def _ring(rows: list[OutgoingMessage]) -> None:
    """One by one for a few, so that they leave at once; by the channel for many."""
    if len(rows) <= FEW:
        for row in rows:
            ring(deliver, row.pk)
    else:
        for channel in {row.channel for row in rows}:
            ring(deliver_due, channel)
