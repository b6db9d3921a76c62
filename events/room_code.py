"""The code in the room: it follows from the event's secret and the minute, so a photo of it grows old at once."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from hashlib import sha256

from events.models import Event

MINUTE = 60
LETTERS = 16


def code_at(event: Event, moment: datetime, *, ago: int = 0) -> str:
    """The code of the minute of a moment, or of so many minutes before."""
    minute = int(moment.timestamp()) // MINUTE - ago
    digest = hmac.new(event.check_in_secret.encode(), f"{event.pk}:{minute}".encode(), sha256).digest()
    return base64.b32encode(digest)[:LETTERS].decode().lower()


def holds(event: Event, code: str, moment: datetime) -> bool:
    """Is it the code of this minute or of the one before? It is worth nothing two minutes after it was first shown."""
    if not event.check_in_secret or not code.isascii():
        return False
    return any(hmac.compare_digest(code, code_at(event, moment, ago=ago)) for ago in (0, 1))
