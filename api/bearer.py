"""Who asks: the token of a request, its person, its scope and its share of the minute."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import get_backends
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from accounts.backends import PortalBackend
from api import rules
from api.choices import Scope
from api.models.tokens import ApiToken
from api.problems import Problem, no_token
from api.services import tokens as services
from api.token_text import digest, is_token


class Bearer(HttpBearer):
    """`Authorization: Bearer portal_…` and nothing else: no session and no cookie opens the API.

    Without a scope any token that works will do.
    """

    openapi_bearerFormat = "portal_ + 49 letters and digits"

    def __init__(self, scope: Scope | None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token, its person asked for what they may read today; raises Problem (401, 403, 429)."""
        now, address = timezone.now(), address_of(request)
        found = _found(token)
        if found is None or not found.works(now) or not _may_sign_in(found):
            raise no_token(_("This token is unknown, has expired, was revoked, or its person may no longer sign in."))
        if not services.take_place(found, at=now):
            wait = str(60 - now.second)
            detail = _("At most %(most)s requests a minute.") % {"most": settings.API_PER_MINUTE}
            raise Problem(429, "too-many", _("Too many requests."), detail).with_headers(Retry_After=wait)
        services.note_use(found, at=now, address=address)
        allowed = rules.can_have_tokens(found.person)
        if not allowed:
            raise Problem(403, "role-ended", _("Your role does not read here."), allowed.reason)
        if self.scope and self.scope not in found.scopes:
            detail = _("This token lacks the scope %(scope)s.") % {"scope": self.scope.value}
            raise Problem(403, "scope-missing", _("Not in this token's scopes."), detail, scope=self.scope.value)
        return found


def address_of(request: HttpRequest) -> str | None:
    """From where the request comes, as the limits on signing in see it; None behind a socket that says nothing."""
    try:
        address: str = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None
    return address


def _found(text: str) -> ApiToken | None:
    if not is_token(text):
        return None
    return ApiToken.objects.select_related("person").filter(digest=digest(text)).first()


def _may_sign_in(token: ApiToken) -> bool:
    """As at every request of a session: inactive people, and sample accounts outside the demo, may not."""
    backends = [backend for backend in get_backends() if isinstance(backend, PortalBackend)]
    return any(backend.user_can_authenticate(token.person) for backend in backends)
