"""Letters that gather what a person wants to hear once a day or once a week."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone, translation

from notifications.choices import Matter, MessageState
from notifications.models.messages import DIGEST, OutgoingMessage
from notifications.standing import still_holds
from notifications.texts import subject_and_body

AT_ONCE = 2000  # rows locked by one run; what is left waits a minute


@transaction.atomic
def gather(*, now: datetime) -> int:
    """One letter per person and channel of what is held until now; returns how many letters are new."""
    held = OutgoingMessage.objects.filter(state=MessageState.HELD, digest=None, send_after__lte=now)
    rows = held.select_for_update(skip_locked=True, of=("self",)).select_related("recipient")
    parts = sorted(rows.order_by("send_after", "pk")[:AT_ONCE], key=_of)
    return sum(_letter(list(of), now=now) for _whose, of in groupby(parts, key=_of))


def _of(part: OutgoingMessage) -> tuple[int, str]:
    return part.recipient_id or 0, part.channel


def _letter(parts: list[OutgoingMessage], *, now: datetime) -> bool:
    """Its words are made when it leaves; a second letter of the same moment is another one."""
    reader = parts[0].recipient
    assert reader is not None  # noqa: S101 - only people choose a pace
    letter = OutgoingMessage.objects.create(
        key=f"{DIGEST}{reader.pk}:{min(part.pk for part in parts)}",
        channel=parts[0].channel,
        matter=parts[0].matter if len({part.matter for part in parts}) == 1 else Matter.REPORT,
        recipient=reader,
        language=reader.language,
        subject="",
        body="",
        link="/inbox/",
        queued_at=now,
        send_after=now,
    )
    OutgoingMessage.objects.filter(pk__in=[part.pk for part in parts]).update(digest=letter)
    return True


def compose(letter: OutgoingMessage, *, now: datetime) -> bool:
    """Write the letter of what still holds; what does not is dropped. False when nothing is left to say."""
    if letter.recipient is None or not letter.recipient.is_active:
        return False
    parts = list(letter.parts.exclude(state=MessageState.DROPPED).order_by("matter", "queued_at", "pk"))
    holds = []
    for part in parts:
        part.recipient = letter.recipient
        if still_holds(part, now=now):
            holds.append(part)
    gone = [part.pk for part in parts if part not in holds]
    OutgoingMessage.objects.filter(pk__in=gone).update(state=MessageState.DROPPED)
    if not holds:
        return False
    letter.language = letter.recipient.language
    letter.subject, letter.body = _words(letter, holds, now=now)
    letter.save(update_fields=["language", "subject", "body"])
    return True


def _words(letter: OutgoingMessage, parts: list[OutgoingMessage], *, now: datetime) -> tuple[str, str]:
    reader = letter.recipient
    assert reader is not None  # noqa: S101 - asked before
    with translation.override(reader.language):
        matters = [
            {"name": Matter(matter).label, "parts": [{"subject": part.subject, "body": part.body} for part in of]}
            for matter, of in groupby(parts, key=lambda part: part.matter)
        ]
        context = {
            "name": str(reader), "number": len(parts), "matters": matters, "on": timezone.localdate(now),
            "first": parts[0].subject,
        }  # fmt: skip
    return subject_and_body("emails/digest.txt", context, language=reader.language, zone=reader.zone)
