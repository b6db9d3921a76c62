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

from api.answers import VERSION
from api.resources.catalogue import RESOURCES
from reports.figures.catalogue import FIGURES
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
# Nothing can be wrong with a request that takes nothing.
WITHOUT_PARAMETERS = {"about", "figures_list"}
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
    text = Program(school.staff["officer"]).text
    return {"Authorization": f"Bearer {text}", "Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def described(school: Any) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(settings: Any) -> None:
    settings.API_PER_MINUTE = 1_000_000


def operations_of(described: Any) -> dict[str, Any]:
    found = [operation.ok() for operation in described.get_all_operations()]
    return {operation.definition.raw["operationId"]: operation for operation in found}


def ask(strategy: Any, checks: list[Any]) -> None:
    @FEW
    @given(case=strategy)
    def answers(case: Any) -> None:
        case.call_and_validate(checks=checks)

    answers()


def test_the_document_needs_no_token(client, db):
    """It also makes this file ask for a database, of which the sample school is a copy beside it."""
    assert client.get("/api/v1/openapi.json").json()["info"]["version"] == VERSION


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_answers_as_the_document_says(described, asked, mode):
    operations = operations_of(described)

    for name, operation in operations.items():
        if mode == GenerationMode.POSITIVE or name not in WITHOUT_PARAMETERS:
            ask(operation.as_strategy(generation_mode=mode, headers=asked), CHECKS)

    assert len(operations) > 3 * len(RESOURCES)


@pytest.mark.parametrize("name", RESOURCES)
def test_every_record_of_the_sample_school_is_as_the_document_says(described, asked, school, name):
    every, word = operations_of(described), name.replace("-", "_")
    keys = RESOURCES[name].visible(school.staff["officer"]).order_by("pk").values_list("pk", flat=True)[:3]
    cases = [every[f"{word}_list"].Case(query={"limit": 200, "order": order}, headers=asked) for order in ("id", "-id")]
    cases += [every[f"{word}_one"].Case(path_parameters={"id": key}, headers=asked) for key in keys]

    for case in cases:
        response = case.call_and_validate(checks=[*CHECKS, positive_data_acceptance])
        assert response.status_code == 200
    assert len(cases) > 2


@pytest.mark.parametrize("what", ["value", "one", "rows", "snapshots"])
def test_every_figure_is_as_the_document_says(described, asked, what):
    operation = operations_of(described)[f"figures_{what}"]

    for slug in FIGURES:
        response = operation.Case(path_parameters={"slug": slug}, headers=asked).call_and_validate(checks=CHECKS)
        assert response.status_code == 200
