"""Tokens, as their pages show them."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import Http404

from accounts.models.people import User
from api import rules
from api.models.tokens import ApiToken


def own_tokens(person: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.of(person).select_related("revoked_by")


def every_token(user: User) -> QuerySet[ApiToken]:
    """Of everybody, with how often personal data left by each; nothing for who is no administrator."""
    if not rules.can_see_every_token(user):
        return ApiToken.objects.none()
    rows = ApiToken.objects.select_related("person", "revoked_by").annotate(read_count=Count("reads"))
    return rows.order_by("-created_at", "-pk")


def token_to_end(user: User, pk: int) -> ApiToken:
    """A token that this person may revoke; another's does not exist for them."""
    token = ApiToken.objects.select_related("person").filter(pk=pk).first()
    if token is None or not rules.can_revoke(user, token):
        raise Http404
    return token
