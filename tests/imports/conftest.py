"""The code lists that every list is checked against."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from accounts.models.school import Major
from partnerships.services.codes import load_codes
from tests.factories.accounts import MajorFactory


@pytest.fixture
def codes(db: None) -> None:
    load_codes()


@pytest.fixture
def software(db: None) -> Major:
    return MajorFactory(code="510203", name_zh="软件技术", name_en="Software Technology")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English, as the office of the tests does, whatever an earlier request left behind."""
    with translation.override("en"):
        yield
