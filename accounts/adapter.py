"""How allauth behaves here: people are entered by the school, nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.models.people import User


def display_name(user: User) -> str:
    """The name that allauth's pages show."""
    return str(user)


class PortalAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
