"""Messages to people: stored first, once per key and channel, then sent.

Unlike elsewhere the service stands above the task, since it rings it: services → tasks → delivery.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications import rules
from notifications.choices import Channel, Matter, MessageState
from notifications.models import OutgoingMessage, Preference
from notifications.ringing import ring
from notifications.tasks import deliver, deliver_letters
from notifications.texts import subject_and_body

BATCH = 500
_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An e-mail to somebody without an account, such as a contact of an enterprise.

    Its words come from `template` and `context` as with `notify`, or are given as `subject` and `body`.
    `link` is a path of the portal; once the letter has left, it is kept no more.
    """

    name: str
    address: str
    language: str
    key: str
    matter: Matter
    template: str = ""
    context: Mapping[str, object] = field(default_factory=dict)
    subject: str = ""
    body: str = ""
    link: str = ""
    still_due: str = ""
    subject_id: int | None = None
    calendar: str = ""
    calendar_method: str = ""


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
    calendar: str = "",
    calendar_method: str = "",
) -> int:
    """Store a message to one person on each channel that they want; returns how many are new.

    `key` says what would make it another message (`visit:41:7d:20260312T0900`); a key that this
    person was told already is ignored. `template` is a path like `emails/visits/cancelled.txt`: first line the
    subject, then a blank line and the text; it is rendered in the person's language with plain values.
    `link` is a path of the portal. `still_due` names a check in settings.STILL_DUE that is asked about `subject_id`
    before the e-mail leaves. `send_after` holds back the e-mail, not the inbox. `calendar` is an iCalendar object of
    `calendar_method` that the e-mail carries.
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
    content |= {"calendar": calendar, "calendar_method": calendar_method}
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


def write_to(
    *,
    name: str,
    address: str,
    language: str,
    key: str,
    matter: Matter,
    at: datetime,
    template: str = "",
    context: Mapping[str, object] | None = None,
    subject: str = "",
    body: str = "",
    link: str = "",
    still_due: str = "",
    subject_id: int | None = None,
    calendar: str = "",
    calendar_method: str = "",
) -> OutgoingMessage | None:
    """Store one Letter, once per key and address; None when there is nothing new to send.

    There is nothing to send without an address, either.
    """
    letter = Letter(
        name=name, address=address, language=language, key=key, matter=matter, template=template,
        context=context or {}, subject=subject, body=body, link=link, still_due=still_due, subject_id=subject_id,
        calendar=calendar, calendar_method=calendar_method,
    )  # fmt: skip
    if not address or _quiet.get():
        return None
    return _store_letter(letter, at=at)


@transaction.atomic
def _store_letter(letter: Letter, *, at: datetime) -> OutgoingMessage | None:
    content = _content(letter, at=at)
    same = {name: content.pop(name) for name in ("key", "address", "channel")}
    message, is_new = OutgoingMessage.objects.get_or_create(**same, recipient=None, defaults=content)
    if not is_new:
        return None
    transaction.on_commit(partial(ring, deliver, message.pk))
    return message


@transaction.atomic
def write_to_many(letters: Iterable[Letter], *, at: datetime) -> int:
    """Store letters like write_to, by the thousand, and ring once for all; returns how many are new."""
    if _quiet.get():
        return 0
    wanted = {(letter.key, letter.address): letter for letter in letters if letter.address}
    rows = OutgoingMessage.objects.filter(recipient=None)
    told = set(rows.filter(key__in={key for key, _address in wanted}).values_list("key", "address"))
    new = [OutgoingMessage(**_content(letter, at=at)) for pair, letter in wanted.items() if pair not in told]
    OutgoingMessage.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    first = rows.filter(key__in={message.key for message in new}, claimed_at=None).order_by("pk").first()
    if first is not None:
        transaction.on_commit(partial(ring, deliver_letters, first.pk))
    return len(new)


def _content(letter: Letter, *, at: datetime) -> dict[str, Any]:
    """The columns of a letter that waits to be sent."""
    subject, body = letter.subject[:200], letter.body
    if letter.template:
        subject, body = subject_and_body(letter.template, letter.context, language=letter.language)
    return {
        "key": letter.key, "channel": Channel.EMAIL, "matter": letter.matter, "address": letter.address,
        "addressee": letter.name[:80], "language": letter.language, "subject": subject, "body": body,
        "link": letter.link, "still_due": letter.still_due, "subject_id": letter.subject_id,
        "calendar": letter.calendar, "calendar_method": letter.calendar_method,
        "state": MessageState.QUEUED, "queued_at": at, "send_after": at,
    }  # fmt: skip


@transaction.atomic
def send_again(message: OutgoingMessage, *, by: User, at: datetime) -> OutgoingMessage:
    """Queue a failed e-mail once more, to the address that the person has now; raises RuleBroken."""
    message = _failed(message, by=by)
    message.state, message.error = MessageState.QUEUED, ""
    message.attempts, message.claimed_at, message.send_after = 0, None, at
    message.save(update_fields=["state", "error", "attempts", "claimed_at", "send_after"])
    transaction.on_commit(partial(ring, deliver, message.pk))
    return message


@transaction.atomic
def mend_letter(message: OutgoingMessage, *, address: str, by: User, at: datetime) -> OutgoingMessage:
    """Correct the address of a failed letter to somebody without an account, and send it again there.

    Raises RuleBroken, also when the same letter went to the right address already.
    """
    message = _failed(message, by=by)
    if message.recipient_id is not None:
        raise RuleBroken(_("The address of a person with an account is mended in their profile."))
    try:
        validate_email(address)
    except ValidationError as problem:
        raise RuleBroken(problem.messages[0]) from None
    try:
        with transaction.atomic():
            OutgoingMessage.objects.filter(pk=message.pk).update(address=address)
    except IntegrityError:
        raise RuleBroken(_("This letter was sent to that address already.")) from None
    return send_again(message, by=by, at=at)


def _failed(message: OutgoingMessage, *, by: User) -> OutgoingMessage:
    """The message, locked, when the person may send it again and it has failed."""
    message = OutgoingMessage.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=message.pk)
    rules.can_send_again(by, message).or_raise()
    if message.state != MessageState.FAILED:
        raise RuleBroken(_("Only a failed message can be sent again."))
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
