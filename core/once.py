"""A form that is sent twice acts once: by a double click, two tabs, or a reload."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from core.models import SentForm


def was_done(token: UUID | None) -> bool:
    """Whether a form with this token has acted already."""
    return token is not None and SentForm.objects.filter(token=token).exists()


@transaction.atomic
def do_once(token: UUID, act: Callable[[], str]) -> tuple[str, bool]:
    """Run `act` unless this token was used; it returns the address where its outcome stands.

    Returns that address and whether `act` ran now. When `act` raises, the token stays unused.
    A second request with the same token waits for the first one's commit.
    """
    sent, is_new = SentForm.objects.get_or_create(token=token)
    if not is_new:
        return sent.location, False
    sent.location = act()
    sent.save(update_fields=["location"])
    return sent.location, True
