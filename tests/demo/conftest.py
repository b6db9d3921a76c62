"""The sample school is built once for the tests that look at it, and thrown away after them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from demo.school.build import build
from demo.school.world import World

PASSWORD = "one-password-for-all"


@pytest.fixture(scope="module")
def sample_school(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(password=PASSWORD, now=timezone.now())
        transaction.set_rollback(True)
