"""Refusals are read in English, whatever ran before; the pages are opened by people signed in."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nobody_opened_it_before(db):
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def client_of():
    """A browser with a person signed in, pages in English."""

    def sign_in(user):
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in
