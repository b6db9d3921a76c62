"""Ten thousand applications to one posting: its pages cost what they cost for a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models.people import StudentProfile, User
from placements.models.applications import Application
from placements.services.applying import apply
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
MANY, SIZE = 10_000, 25


def applications(posting, number, at, *, letter):
    """Students with profiles, each with an application; their numbers begin with a letter."""
    major = MajorFactory()
    people = User.objects.bulk_create(
        User(email=f"{letter}{each}@school.example", number=f"{letter}{each:06}", name=f"学生{each}")
        for each in range(number)
    )
    StudentProfile.objects.bulk_create(StudentProfile(user=each, major=major, class_of=2027) for each in people)
    Application.objects.bulk_create(
        Application(posting=posting, student=each, submitted_at=at, snapshot={"name": each.name}) for each in people
    )


@pytest.fixture
def queries_of(client, officer, django_assert_max_num_queries):
    """How many queries a page takes, and the page."""
    client.force_login(officer)

    def count(address):
        with django_assert_max_num_queries(15) as counted:
            response = client.get(address)
        return len(counted), response

    return count


def test_the_pages_of_a_posting_with_ten_thousand_applications_cost_what_they_cost_for_thirty(queries_of, now):
    few, many = PostingFactory(), PostingFactory()
    applications(few, 30, now, letter="A")
    applications(many, MANY, now, letter="B")
    pages = [reverse("placements:posting", args=[each.pk]) for each in (few, many)]
    lists = [f"{reverse('placements:application_list')}?posting={each.pk}" for each in (few, many)]

    (posting_few, _), (posting_many, shown) = (queries_of(address) for address in pages)
    (list_few, _), (list_many, listed) = (queries_of(address) for address in lists)
    found_queries, found = queries_of(f"{lists[1]}&find=B009")
    last_queries, last = queries_of(f"{lists[1]}&page=400")

    assert posting_many == posting_few
    assert list_many == list_few == found_queries == last_queries
    assert len(shown.context["applicants"]) == 25
    assert (len(listed.context["page"]), listed.context["page"].paginator.count) == (SIZE, MANY)
    assert (len(found.context["page"]), found.context["page"].paginator.count) == (SIZE, 1000)
    assert last.status_code == 200
    assert len(last.context["page"]) == SIZE
    assert len(listed.content) < 200_000

    with CaptureQueriesContext(connection) as to_few:
        apply(few, student=make_student(), at=now)
    with CaptureQueriesContext(connection) as to_many:
        apply(many, student=make_student(), at=now)
    assert len(to_many) == len(to_few)
    assert many.applications.count() == MANY + 1
