"""The API against its own document: whatever is asked, it answers as it says it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from pytest_django import DjangoDbBlocker
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.resources.catalogue import RESOURCES
from tests.api.conftest import Program
from tests.sample_school import copied_school

# Not whether a well formed value is accepted in a path or as a cursor: whether such a record exists is chance.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
FEW = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def school(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """The sample school, which has some of everything."""
    with django_db_blocker.unblock(), copied_school() as world:
        yield world


@pytest.fixture(scope="module")
def asked(school: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {Program(school.staff['officer']).text}"}


@pytest.fixture(scope="module")
def described(school: Any) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(settings: Any) -> None:
    settings.API_PER_MINUTE = 1_000_000


def ask(strategy: Any, checks: list[Any]) -> None:
    @FEW
    @given(case=strategy)
    def answers(case: Any) -> None:
        case.call_and_validate(checks=checks)

    answers()


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_answers_as_the_document_says(described, asked, mode):
    operations = [found.ok() for found in described.get_all_operations()]

    for operation in operations:
        ask(operation.as_strategy(generation_mode=mode, headers=asked), CHECKS)

    assert len(operations) > 3 * len(RESOURCES)


@pytest.mark.parametrize("name", RESOURCES)
def test_every_record_of_the_sample_school_is_as_the_document_says(described, asked, school, name):
    officer = school.staff["officer"]
    keys = list(RESOURCES[name].visible(officer).order_by("pk").values_list("pk", flat=True)[:3])
    word = name.replace("-", "_")

    lists = described.find_operation_by_id(f"{word}_list") if hasattr(described, "find_operation_by_id") else None
    assert lists is not None
    ask(lists.as_strategy(headers=asked, query={"limit": 200, "order": "-id"}), [*CHECKS, positive_data_acceptance])
    for key in keys:
        one = described.find_operation_by_id(f"{word}_one")
        ask(one.as_strategy(headers=asked, path_parameters={"id": key}), [*CHECKS, positive_data_acceptance])
    assert keys
