"""A person's program: it asks the API with a token of theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models.people import User
from api.choices import Scope
from api.services.tokens import make_token


class Program:
    """Reads in a person's name; `person` may be anybody, also who can have no token any more."""

    def __init__(self, person: User, *scopes: Scope) -> None:
        self.client = Client()
        self.person = person
        self.token, self.text = make_token(
            person, name="program", scopes=scopes or list(Scope), days=30, at=timezone.now()
        )

    def get(self, path: str, **asked: Any) -> HttpResponse:
        headers = {"Authorization": f"Bearer {self.text}", **asked.pop("headers", {})}
        address = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        return self.client.get(address, asked, headers=headers)

    def items(self, path: str, **asked: Any) -> list[dict[str, Any]]:
        """Every record of a list, page by page."""
        found: list[dict[str, Any]] = []
        response = self.get(path, **asked)
        while True:
            assert response.status_code == 200, response.content.decode()
            page = response.json()
            found += page["items"]
            if not page["next"]:
                return found
            response = self.get(page["next"])

    def keys(self, path: str, **asked: Any) -> list[int]:
        return [item["id"] for item in self.items(path, **asked)]


@pytest.fixture
def program() -> Callable[..., Program]:
    return Program
