"""What most tests of placements begin with."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # noon in Shanghai
TODAY = date(2026, 11, 21)


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


@pytest.fixture
def client(client):
    """Whose browser asks for the language in which texts are compared."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
