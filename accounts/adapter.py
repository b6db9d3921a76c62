"""How allauth behaves here: people are entered by the school, nobody signs up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken


def display_name(user: User) -> str:
    """The name that allauth's pages show."""
    return str(user)


class PortalAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the person's language. These mails hold one-time links, so they are never stored.

        Raises RuleBroken when they cannot leave.
        """
        person = context.get("user")
        try:
            with override(person.language if isinstance(person, User) else get_language()):
                super().send_mail(template_prefix, email, context)
        except OSError as problem:
            raise RuleBroken(_("The mail server cannot be reached. Please try again in a few minutes.")) from problem
