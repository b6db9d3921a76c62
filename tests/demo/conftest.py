"""The sample school for the tests that only read it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from demo.school.world import World
from tests.sample_school import copied_school


@pytest.fixture(scope="module")
def sample_school(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), copied_school() as world:
        yield world
