"""Programmes on their pages."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from partnerships.choices.programmes import ProgrammeFeatureKind, ProgrammeKind, ProgrammeMeasure
from programmes.services import investments, programmes
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def a_programme(officer, enterprise):
    programme = programmes.open_programme(
        enterprise,
        kind=ProgrammeKind.INDUSTRY_COLLEGE,
        name="智能制造学院",
        by=officer,
        at=NOW,
        since=2023,
        majors=[MajorFactory(name_en="Industrial Internet")],
        features=[(ProgrammeFeatureKind.SKILL, "robot operation"), (ProgrammeFeatureKind.MODE, "apprenticeship")],
    )
    programmes.record_outcome(programme, measure=ProgrammeMeasure.TRAINED, number=150, is_minimum=True, by=officer)
    programmes.record_outcome(programme, measure=ProgrammeMeasure.EMPLOYMENT_RATE, number="0.85", by=officer)
    investments.promise_investment(enterprise, promised=5_000_000, programme=programme, by=officer, at=NOW)
    return programme


def test_a_programme_shows_all_that_is_known_of_it(client, officer):
    programme = a_programme(officer, EnterpriseFactory(name_en="Huirun Group"))
    client.force_login(officer)

    html = " ".join(client.get(reverse("programmes:programme", args=[programme.pk])).content.decode().split())
    listed = " ".join(client.get(reverse("programmes:programme_list")).content.decode().split())

    for fact in ("智能制造学院", "Huirun Group", "2023", "Industrial Internet", "robot operation", "apprenticeship"):
        assert fact in html
    for fact in ("People trained: more than 150", "High-quality employment rate: 85%", "5,000,000"):
        assert fact in html
        assert fact in listed


@pytest.mark.parametrize("rows", [1, 3])
def test_programmes_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for _ in range(rows):
        a_programme(officer, EnterpriseFactory())
    client.force_login(officer)

    with django_assert_num_queries(10):  # session, person, roles, count, rows, outcomes, majors, plaques, school, inbox
        html = client.get(reverse("programmes:programme_list")).content.decode()

    assert html.count('<td class="cell-title">') == rows


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("college_staff", 200), ("student", 404), ("stranger", 404)]
)
def test_staff_read_the_list_of_programmes_and_nobody_else(request, client, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("programmes:programme_list")).status_code == status
