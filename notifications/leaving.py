"""Links that stop letters of one matter with one click, without signing in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from notifications.choices import MAY_BE_STOPPED, Matter
from notifications.models.messages import OutgoingMessage


@dataclass(frozen=True)
class Leaving:
    """Who stops hearing of what: a person of the school by their number, or an address outside."""

    matter: Matter
    user_id: int | None
    address: str

    @property
    def pk(self) -> str:
        """What tells this link from others."""
        whose = self.user_id if self.user_id is not None else hashlib.sha256(self.address.encode()).hexdigest()
        return f"{self.matter}-{whose}"


def stop_path(message: OutgoingMessage) -> str:
    """Where this reader stops mails of this matter; empty for letters that cannot be stopped."""
    if message.recipient_id is None and message.matter not in MAY_BE_STOPPED:
        return ""
    whose = message.recipient_id if message.recipient_id is not None else message.address
    return reverse("notifications:stop", args=[_signer().sign_object([message.matter, whose])])


def read_token(token: str) -> Leaving | None:
    """What a link says; None when it was not made here. It does not run out: a mail may be read years later."""
    try:
        matter, whose = _signer().unsign_object(token)
    except signing.BadSignature:
        return None
    if isinstance(whose, int):
        return Leaving(Matter(matter), whose, "")
    return Leaving(Matter(matter), None, str(whose))


def _signer() -> signing.Signer:
    """Without the time: the same message says the same however often it is sent."""
    return signing.Signer(salt="notifications.leaving")
