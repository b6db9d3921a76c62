"""Mentors on their page."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from programmes.services import mentors
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_mentors_stand_beside_the_aim_of_the_year(client, officer):
    mentor = mentors.appoint_mentor(EnterpriseFactory(), name="曾建", title="总经理", by=officer, at=NOW)
    mentors.record_appearance(mentor, subject="机器人", held_on=datetime.now(tz=UTC).date(), by=officer, at=NOW)
    for number in (40, 50):
        mentors.set_annual_target(name="Mentors on campus", number=number, unit="mentors", by=officer)
    client.force_login(officer)

    context = client.get(reverse("programmes:mentor_list")).context

    assert [(row.name, row.appeared) for row in context["page"]] == [("曾建", 1)]
    assert context["appeared"] == 1
    assert [target.number for target in context["targets"]] == [50]


@pytest.mark.parametrize("rows", [1, 3])
def test_mentors_run_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for number in range(rows):
        mentors.appoint_mentor(EnterpriseFactory(), name=str(number), by=officer, at=NOW)
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, count, rows, aims, on campus, school, inbox
        client.get(reverse("programmes:mentor_list"))


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("college_staff", 200), ("student", 404), ("stranger", 404)]
)
def test_staff_read_the_list_of_mentors_and_nobody_else(request, client, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("programmes:mentor_list")).status_code == status
