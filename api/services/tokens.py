"""Tokens are made, used and ended here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from accounts.models.people import User
from api import rules
from api.choices import Scope
from api.models.tokens import ApiRead, ApiToken, TokenMinute
from api.token_text import digest, new_token
from core.errors import RuleBroken

USE_WRITTEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_token(person: User, *, name: str, scopes: Iterable[Scope], days: int, at: datetime) -> tuple[ApiToken, str]:
    """A token and its text, which is known now and never again; raises RuleBroken for a life that is too long."""
    rules.can_have_tokens(person).or_raise()
    if not 1 <= days <= settings.API_TOKEN_DAYS:
        raise RuleBroken(_("A token holds between 1 and %(most)s days.") % {"most": settings.API_TOKEN_DAYS})
    text = new_token()
    token = ApiToken.objects.create(
        person=person,
        name=name,
        scopes=sorted({Scope(scope).value for scope in scopes}),
        digest=digest(text),
        mark=text[-6:],
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    return token, text


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User, at: datetime) -> ApiToken:
    """From this moment it opens nothing; revoking it again changes nothing."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    rules.can_revoke(by, token).or_raise()
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = at, by
        token.save(update_fields=["revoked_at", "revoked_by"])
    return token


def note_use(token: ApiToken, *, at: datetime, address: str | None) -> None:
    """When and from where it was used last, written at most once a minute."""
    if token.last_used_at is None or at - token.last_used_at >= USE_WRITTEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at, last_used_from=address)


def take_place(token: ApiToken, *, at: datetime) -> bool:
    """Take one request of this minute; False when all are taken. One query, but for the first of a token's life."""
    minute = at.replace(second=0, microsecond=0)
    counted = Case(When(minute=minute, then=F("taken") + 1), default=Value(1))
    rows = TokenMinute.objects.filter(token=token)
    if rows.exclude(minute=minute, taken__gte=settings.API_PER_MINUTE).update(taken=counted, minute=minute):
        return True
    return TokenMinute.objects.get_or_create(token=token, defaults={"minute": minute, "taken": 1})[1]


def note_read(token: ApiToken, *, resource: str, number: int, at: datetime, address: str | None) -> None:
    """Personal data left the school: who, what, how many. Whose it was stays with the records."""
    ApiRead.objects.create(token=token, resource=resource, number=number, at=at, address=address)
