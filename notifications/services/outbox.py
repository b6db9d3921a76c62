"""Sending again what did not arrive."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from notifications import rules
from notifications.choices import MessageState
from notifications.delivering import deliver
from notifications.models.messages import OutgoingMessage
from notifications.ringing import ring


@transaction.atomic
def send_again(message: OutgoingMessage, *, by: User, at: datetime) -> OutgoingMessage:
    """Queue a failed message once more, to the address that the person has now; raises RuleBroken."""
    message = _failed(message, by=by)
    message.state, message.error = MessageState.QUEUED, ""
    message.attempts, message.claimed_at, message.send_after = 0, None, at
    message.save(update_fields=["state", "error", "attempts", "claimed_at", "send_after"])
    message.parts.filter(state=MessageState.FAILED).update(state=MessageState.HELD, error="")
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
    if message.digest_id is not None:
        raise RuleBroken(_("This was part of a gathered letter, which is sent again as a whole."))
    return message
