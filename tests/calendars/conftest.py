"""What tests of calendars begin with."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday, noon in Shanghai
TODAY = date(2026, 11, 24)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture(autouse=True)
def english():
    """Texts are compared in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def that_day(monkeypatch):
    """Pages take the clock of the machine; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def client_of():
    """A browser with a person signed in, pages in English."""

    def sign_in(user):
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in
