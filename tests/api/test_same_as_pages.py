"""What a token reads is what the pages show the same person, on the sample school."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models.people import User
from agreements.selectors.promises import promise_list
from agreements.selectors.register import agreement_list
from api.resources.catalogue import RESOURCES
from communities.selectors.communities import community_list
from events.selectors.events import event_list
from partnerships.selectors.contacts import contact_list
from partnerships.selectors.enterprise_list import enterprise_rows
from partnerships.selectors.freshness import periods
from partnerships.selectors.needs import need_list
from placements.selectors.applications import application_list
from placements.selectors.postings import visible_postings
from programmes.selectors.mentors import mentor_list
from programmes.selectors.programmes import programme_list
from tests.api.conftest import Program
from tests.sample_school import copied_school
from travel.selectors.trips import trip_list
from visits.selectors.campaigns import campaign_list
from visits.selectors.visits import visit_list

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
OPEN_FILES = {"enterprise_is_archived": "false"}
PEOPLE = ("officer", "leader", "college", "admin")


# The rows of each page for a person, and what is asked of the API for the same.
PAGES: dict[str, tuple[Callable[[User], Any], dict[str, str]]] = {
    "enterprises": (lambda user: enterprise_rows(user, {}, on=TODAY()), {"is_archived": "false"}),
    "contacts": (lambda user: contact_list(user, {"state": "all"}, terms=periods(), on=TODAY()), OPEN_FILES),
    "needs": (lambda user: need_list(user, {"state": "all"}, terms=periods(), on=TODAY()), OPEN_FILES),
    "programmes": (lambda user: programme_list(user, {}), {}),
    "mentors": (lambda user: mentor_list(user, {}, on=TODAY()), {}),
    "communities": (lambda user: community_list(user, {}, on=TODAY()), {}),
    "agreements": (lambda user: agreement_list(user, {}, on=TODAY()), {}),
    "commitments": (lambda user: promise_list(user, {}, on=TODAY()), {}),
    "visits": (lambda user: visit_list(user, {}, on=TODAY()), {}),
    "trips": (lambda user: trip_list(user, {}, on=TODAY()), {}),
    "campaigns": (campaign_list, {}),
    "postings": (lambda user: visible_postings(user, on=TODAY()), {}),
    "applications": (lambda user: application_list(user, {}), {}),
    "events": (lambda user: event_list(user, {}, on=TODAY()), {}),
}


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Program]]:
    with django_db_blocker.unblock(), copied_school():
        yield {name: Program(User.objects.get(email=f"{name}@school.example")) for name in PEOPLE}


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(settings: Any) -> None:
    settings.API_PER_MINUTE = 1_000_000


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("name", PAGES)
def test_the_api_and_the_page_hold_the_same_records(name, person, sample):
    rows, asked = PAGES[name]

    assert sorted(sample[person].keys(f"{name}/", **asked, limit=200)) == sorted(
        row.pk for row in rows(sample[person].person)
    )


@pytest.mark.parametrize("name", RESOURCES)
def test_a_list_costs_the_same_for_one_record_and_for_a_full_page(name, sample):
    """Eleven tables hang on a visit; no other list asks as many."""
    reads = sample["officer"]
    reads.get(f"{name}/", limit=1)
    counted = []
    for limit in (1, 200):
        with CaptureQueriesContext(connection) as queries:
            assert reads.get(f"{name}/", limit=limit, order="id").status_code == 200
        counted.append(len([query for query in queries if not query["sql"].startswith('UPDATE "api_apitoken"')]))

    assert counted[1] <= {"visits": 17}.get(name, 10)
    assert counted[0] <= counted[1]
