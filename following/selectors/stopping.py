"""The link in a message that stops such messages, for whoever has the message: no signing in."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from accounts.models.people import User
from following.models import FollowedEnterprise, FollowedPosting, SavedSearch

SALT = "following.stop"
KINDS: dict[str, type[SavedSearch] | type[FollowedEnterprise] | type[FollowedPosting]] = {
    "search": SavedSearch,
    "enterprise": FollowedEnterprise,
    "posting": FollowedPosting,
}
Followed = SavedSearch | FollowedEnterprise | FollowedPosting


@dataclass(frozen=True)
class Named:
    """What a link speaks of; `record` is None once it is gone."""

    kind: str
    record: Followed | None


def stop_path(record: Followed) -> str:
    """The address that stops messages of this; it holds for as long as the record."""
    kind = next(kind for kind, model in KINDS.items() if isinstance(record, model))
    return reverse("following:stop", args=[signing.dumps([kind, record.pk, record.user_id], salt=SALT)])


def _said(token: str) -> tuple[str, int, int] | None:
    try:
        kind, pk, user = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return kind, pk, user


def reader_of(token: str) -> User | None:
    """Whose link it is."""
    said = _said(token)
    return User.objects.filter(pk=said[2]).first() if said else None


def named_by(token: str) -> Named:
    """What the link of a known reader speaks of."""
    said = _said(token)
    if said is None:
        raise ValueError("Ask reader_of first.")
    kind, pk, user = said
    return Named(kind, KINDS[kind]._default_manager.filter(pk=pk, user=user).first())
