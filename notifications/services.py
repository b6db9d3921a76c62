"""Messages to people: stored first, once per key and channel, then sent.

Unlike elsewhere the service stands above the task, since it rings it: services → tasks → delivery.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications import rules
from notifications.choices import Channel, Matter, MessageState
from notifications.models import OutgoingMessage, Preference
from notifications.ringing import ring
from notifications.tasks import deliver
from notifications.texts import subject_and_body

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quiet() -> Iterator[None]:
    """No e-mail about what is entered within, such as an account of the past; the inbox keeps it all the same."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


@transaction.atomic
def notify(
    user: User,
    *,
    key: str,
    matter: Matter,
    template: str,
    context: dict[str, object],
    at: datetime,
    link: str = "",
    still_due: str = "",
    subject_id: int | None = None,
    send_after: datetime | None = None,
) -> int:
    """Store a message to one person on each channel that they want; returns how many are new.

    `key` says what would make it another message (`visit:41:7d:20260312T0900`); a key that this
    person was told already is ignored. `template` is a path like `emails/visits/planned.txt`: first line the
    subject, then a blank line and the text; it is rendered in the person's language with plain values.
    `link` is a path of the portal. `still_due` names a check in settings.STILL_DUE that is asked about
    `subject_id` before the e-mail leaves. `send_after` holds back the e-mail, not the inbox.
    """
    if not user.is_active:
        return 0
    subject, body = subject_and_body(template, context, language=user.language)
    content = {
        "matter": matter,
        "language": user.language,
        "subject": subject,
        "body": body,
        "link": link,
        "still_due": still_due,
        "subject_id": subject_id,
        "queued_at": at,
        "send_after": send_after or at,
    }
    return sum(_store(user, key, channel, content, at=at) for channel in _wanted(user, matter))


def _store(user: User, key: str, channel: Channel, content: dict[str, Any], *, at: datetime) -> bool:
    """Insert one message unless it is there; an e-mail that may leave now is rung for after the commit."""
    is_email = channel == Channel.EMAIL
    outcome = {
        "state": MessageState.QUEUED if is_email else MessageState.SENT,
        "sent_at": None if is_email else at,
    }
    message, is_new = OutgoingMessage.objects.get_or_create(
        key=key, channel=channel, recipient=user, defaults={**content, **outcome}
    )
    if is_new and is_email and message.send_after <= at:
        transaction.on_commit(partial(ring, deliver, message.pk))
    return is_new


@transaction.atomic
def send_again(message: OutgoingMessage, *, by: User, at: datetime) -> OutgoingMessage:
    """Queue a failed e-mail once more, to the address that the person has now; raises RuleBroken."""
    message = OutgoingMessage.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=message.pk)
    rules.can_send_again(by, message).or_raise()
    if message.state != MessageState.FAILED:
        raise RuleBroken(_("Only a failed message can be sent again."))
    message.state, message.error = MessageState.QUEUED, ""
    message.attempts, message.claimed_at, message.send_after = 0, None, at
    message.save(update_fields=["state", "error", "attempts", "claimed_at", "send_after"])
    transaction.on_commit(partial(ring, deliver, message.pk))
    return message


def mark_read(message: OutgoingMessage, *, at: datetime) -> None:
    """Note when a message was first opened."""
    OutgoingMessage.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(user: User, *, at: datetime) -> int:
    """Note everything in a person's inbox as read; returns how many were not."""
    return OutgoingMessage.objects.inbox_of(user).unread().order_by().update(read_at=at)


@transaction.atomic
def change_preferences(user: User, wanted: Iterable[tuple[Matter, Channel]]) -> None:
    """From now on the person hears of each matter by exactly these channels."""
    keep = set(wanted)
    for matter in Matter:
        for channel in Channel:
            if (matter, channel) in keep:
                Preference.objects.filter(user=user, matter=matter, channel=channel).delete()
            else:
                Preference.objects.get_or_create(user=user, matter=matter, channel=channel)


def _wanted(user: User, matter: Matter) -> list[Channel]:
    off = set(Preference.objects.filter(user=user, matter=matter).values_list("channel", flat=True))
    if _quiet.get():
        off.add(Channel.EMAIL.value)
    return [channel for channel in Channel if channel.value not in off]
