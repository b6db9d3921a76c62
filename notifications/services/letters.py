"""Letters to people without an account, such as contacts of enterprises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.choices import Channel, Matter, MessageState
from notifications.delivering import deliver, deliver_due
from notifications.models.messages import OutgoingMessage
from notifications.models.preferences import StoppedLetter
from notifications.ringing import ring
from notifications.services.quietly import is_quiet
from notifications.services.running import reason
from notifications.services.storing import BATCH
from notifications.texts import subject_and_body


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An e-mail to somebody without an account.

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
    enterprise_id: int | None = None
    calendar: str = ""
    calendar_method: str = ""


def write_to(letter: Letter, *, at: datetime) -> OutgoingMessage | None:
    """Store one letter, once per key and address, and ring for it; None when there is nothing new to send.

    There is nothing to send without an address, either.
    """
    if not letter.address or is_quiet():
        return None
    return _store(letter, at=at)


@transaction.atomic
def _store(letter: Letter, *, at: datetime) -> OutgoingMessage | None:
    content = _content(letter, at=at) | _stopped([letter]).get((letter.address, letter.matter), {})
    same = {name: content.pop(name) for name in ("key", "address", "channel")}
    message, is_new = OutgoingMessage.objects.get_or_create(**same, recipient=None, defaults=content)
    if not is_new:
        return None
    transaction.on_commit(partial(ring, deliver, message.pk))
    return message


@transaction.atomic
def write_to_many(letters: Iterable[Letter], *, at: datetime) -> int:
    """Store letters like write_to, by the thousand, and ring once for all; returns how many are new."""
    if is_quiet():
        return 0
    wanted = {(letter.key, letter.address): letter for letter in letters if letter.address}
    rows = OutgoingMessage.objects.filter(recipient=None)
    told = set(rows.filter(key__in={key for key, _address in wanted}).values_list("key", "address"))
    new = [letter for pair, letter in wanted.items() if pair not in told]
    stopped = _stopped(new)
    messages = [
        OutgoingMessage(**(_content(each, at=at) | stopped.get((each.address, each.matter), {}))) for each in new
    ]
    OutgoingMessage.objects.bulk_create(messages, batch_size=BATCH, ignore_conflicts=True)
    if len(new) == 1:
        only = rows.get(key=new[0].key, address=new[0].address)
        transaction.on_commit(partial(ring, deliver, only.pk))
    elif new:
        transaction.on_commit(partial(ring, deliver_due, Channel.EMAIL.value))
    return len(new)


def _stopped(letters: Iterable[Letter]) -> dict[tuple[str, str], dict[str, Any]]:
    """What becomes of letters to people who asked for no more of them: they are kept, and the office reads why."""
    rows = StoppedLetter.objects.filter(address__in={letter.address for letter in letters})
    with translation.override(settings.LANGUAGE_CODE):
        outcome = {"state": MessageState.DROPPED, "error": _("The reader asked for no more letters about this.")}
    return {(row.address, row.matter): outcome for row in rows}


def _content(letter: Letter, *, at: datetime) -> dict[str, Any]:
    """The columns of a letter that waits to be sent."""
    subject, body = letter.subject[:200], letter.body
    if letter.template:
        subject, body = subject_and_body(letter.template, letter.context, language=letter.language)
    return {
        "key": letter.key, "channel": Channel.EMAIL, "matter": letter.matter, "address": letter.address,
        "addressee": letter.name[:80], "language": letter.language, "subject": subject, "body": body,
        "link": letter.link, "still_due": letter.still_due, "subject_id": letter.subject_id,
        "enterprise_id": letter.enterprise_id, "calendar": letter.calendar,
        "calendar_method": letter.calendar_method, "state": MessageState.QUEUED, "queued_at": at, "send_after": at,
        **reason(),
    }  # fmt: skip
