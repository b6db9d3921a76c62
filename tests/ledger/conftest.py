"""What the tests of the ledger begin with: a day that stands still, pages in English, codes of the platform."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

from accounts.models.people import User
from accounts.models.school import School
from ledger.models.platform import LevelCode
from visits.models.visits import ResultForm

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday, noon in Shanghai


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def client_of():
    """A browser with a person signed in, pages in English."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def agreed_form(db: None) -> ResultForm:
    return ResultForm.objects.create(code="02", name_zh="达成合作意向", name_en="Intention to cooperate")


@pytest.fixture
def platform_codes(agreed_form: ResultForm) -> None:
    """Everything that the platform asks once for the whole school."""
    School.objects.create(pk=1, name_zh="南充影视职业学院", name_en="Nanchong", code="4151014000")
    LevelCode.objects.create(level="diploma", code="1")
