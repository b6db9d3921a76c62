"""How the index of postings is read: the newest first, each posting once, and majors that follow their links."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placements.choices import PostingState
from placements.models.marking import week_of
from placements.models.postings import Posting
from placements.selectors.search import Search, find_postings
from placements.selectors.search_reading import WEEKS, steps
from tests.factories.accounts import MajorFactory
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def published(days_before, **fields):
    at = datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=days_before)
    return PostingFactory(
        **{"title": "会计", "description": "设计", "published_at": at, "closes_on": date(2026, 12, 31), **fields}
    )


def search(user, **chosen):
    return Search(user, {"find": "设计", **chosen}, ON)


@pytest.mark.parametrize("days", [-1, 0, 3, 7, 13, 20, 40, 100, 300, 900])
def test_a_posting_of_any_age_stands_in_one_step_only(days):
    posting = published(days)

    in_step = [
        Posting.objects.extra(where=["search @@ %s::tsquery"], params=[step]).count() for step in steps("'设计'", on=ON)
    ]

    assert sum(in_step) == 1
    assert Posting.objects.get().pk == posting.pk


def test_the_first_step_has_this_week_and_the_last_is_for_what_is_older_than_all_others():
    this, found = week_of(ON), steps("'设计'", on=ON)

    assert found[0] == f"('设计') & ('~{this + 1}' | '~{this}' | '~{this - 1}')"
    assert f"'~{this - sum(WEEKS) + 2}'" in found[-1]
    assert f"'~{this - sum(WEEKS) + 1}'" not in found[-1]
    assert " & !(" in found[-1]


def test_over_all_steps_the_newest_come_first(client, student):
    rows = [published(days) for days in (900, 0, 300, 40, 100, 13)]

    found = find_postings(search(student))

    assert found.keys == [rows[place].pk for place in (1, 5, 3, 4, 2, 0)]


def test_of_more_than_are_read_the_newest_are_read(monkeypatch, student):
    monkeypatch.setattr("placements.selectors.search.MOST_WITH_WORDS", 2)
    rows = [published(days) for days in (300, 40, 13, 0)]
    title = published(900, title="设计")

    found = find_postings(search(student))

    assert found.keys == [title.pk, rows[3].pk]
    assert found.has_more


def test_titles_that_are_enough_leave_the_texts_unread(monkeypatch, student):
    monkeypatch.setattr("placements.selectors.search.MOST_WITH_WORDS", 3)
    for _ in range(4):
        published(0, title="设计")
    with CaptureQueriesContext(connection) as queries:
        found = find_postings(search(student))
    (asked,) = [query["sql"] for query in queries.captured_queries if query["sql"].startswith("WITH title")]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {asked}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert len(found.keys) == 3
    assert "One-Time Filter: ((InitPlan" in plan
    assert plan.count("never executed") > 0


def test_a_changed_state_is_known_to_the_index_at_once(student, officer):
    posting = published(0)
    assert find_postings(search(student)).keys == [posting.pk]

    Posting.objects.update(state=PostingState.WITHDRAWN)

    assert find_postings(search(student)).keys == []
    assert find_postings(search(officer, state="published")).keys == []
    assert find_postings(search(officer, state="withdrawn")).keys == [posting.pk]
    assert find_postings(search(officer, state="published")).counts["state"] == {"withdrawn": 1}


def codes():
    return Posting.objects.values_list("major_codes", flat=True).get()


def test_the_codes_of_its_majors_follow_every_change():
    one, other = MajorFactory(code="560202"), MajorFactory(code="510203")
    posting = published(0)
    history = posting.history.count()
    assert codes() == []

    posting.majors.set([one, other])
    assert codes() == ["510203", "560202"]
    posting.majors.remove(other)
    assert codes() == ["560202"]
    one.code = "560203"
    one.save()
    assert codes() == ["560203"]
    posting.majors.clear()
    assert codes() == []
    assert posting.history.count() == history
