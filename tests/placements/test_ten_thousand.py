"""Ten thousand applications to one posting: its pages cost what they cost for a few."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models.people import StudentProfile, User
from exporting.reading import FIRST, PORTION
from placements.choices import ApplicationState, PostingState
from placements.forms import pipeline
from placements.models.applications import Application
from placements.services import applications as ending
from placements.services.applying import apply
from placements.services.postings import move_posting
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.desk import address_of, asked_contact, shown
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
MANY, SIZE = 10_000, 25


def applications(posting, number, at, *, letter):
    """Students with profiles, each with an application; their numbers begin with a letter.

    PostgreSQL counts the tables afterwards, as it does by itself outside of a test's transaction.
    """
    major = MajorFactory()
    people = User.objects.bulk_create(
        User(email=f"{letter}{each}@school.example", number=f"{letter}{each:06}", name=f"学生{each}")
        for each in range(number)
    )
    StudentProfile.objects.bulk_create(StudentProfile(user=each, major=major, class_of=2027) for each in people)
    Application.objects.bulk_create(
        Application(posting=posting, student=each, submitted_at=at, snapshot={"name": each.name}) for each in people
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounts_user, accounts_studentprofile, placements_application")


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


def everything_of(posting, desk):
    """The pages that hold applicants, each with how many rows it shows; `desk` is a link of the enterprise."""
    board, rows = (
        reverse("placements:board", args=[posting.pk]),
        reverse("placements:numbers_rows", args=["applications"]),
    )
    return {
        "board": (board, lambda page: sum(len(column.applications) for column in page["columns"])),
        "one column": (f"{board}?state=submitted&page=2", lambda page: len(page["page"])),
        "found": (f"{board}?find=学生7", lambda page: sum(len(column.applications) for column in page["columns"])),
        "hours": (reverse("placements:interviews", args=[posting.pk]), lambda page: len(page["page"])),
        "by link": (desk, lambda page: len(page["rows"])),
        "by link, later": (f"{desk}?page=2", lambda page: len(page["rows"])),
        "numbers": (reverse("placements:numbers"), lambda page: len(page["enterprises"])),
        "rows of a number": (f"{rows}?page=2", lambda page: len(page["page"])),
        "who fits": (reverse("placements:fitting_students", args=[posting.pk]), lambda page: len(page["page"])),
    }


def looked_at(client, pages):
    """By page: how many queries it takes and how many rows it shows; none is a page of thousands."""
    found = {}
    for name, (address, rows) in pages.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert (response.status_code, len(response.content) < 300_000) == (200, True), name
        found[name] = len(queries), rows(response.context)
    return found


def cost(act):
    """How many queries something takes, and what came of it."""
    with CaptureQueriesContext(connection) as queries:
        came = act()
    return len(queries), came


def lines_of_file(client, posting):
    """How many lines the file of all applications to an enterprise's postings has."""
    address = reverse("placements:numbers_rows", args=["applications"])
    content = client.get(f"{address}?format=xlsx&enterprise={posting.enterprise_id}").getvalue()
    return len(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())


def test_board_link_numbers_hours_files_and_closing_cost_the_same(client, officer, now):
    warm, few, many = (PostingFactory(enterprise=EnterpriseFactory()) for _ in range(3))
    links = [address_of(shown(posting, asked_contact(enterprise=posting.enterprise))) for posting in (few, many)]
    client.force_login(officer)

    applications(few, 30, now, letter="A")
    before = looked_at(client, everything_of(few, links[0]))
    applications(many, MANY, now, letter="B")
    after = looked_at(client, everything_of(many, links[1]))

    assert {name: queries for name, (queries, _rows) in after.items()} == {
        name: queries for name, (queries, _rows) in before.items()
    }
    assert {name: rows for name, (_queries, rows) in after.items()} == {
        "board": 20, "one column": SIZE, "found": 20, "hours": 0, "by link": SIZE, "by link, later": SIZE,
        "numbers": 3, "rows of a number": SIZE, "who fits": 0,
    }  # fmt: skip
    queries, lines = cost(lambda: lines_of_file(client, few))
    portions = 1 + -(-(MANY - FIRST) // PORTION)  # of a file; one query each, and the keys before
    assert (lines, cost(lambda: lines_of_file(client, many))) == (31, (queries + portions - 1, MANY + 1))
    closing = [
        cost(lambda each=each: move_posting(each, PostingState.CLOSED, by=officer, at=now).state)
        for each in (warm, few, many)
    ]
    assert closing[2] == closing[1]
    assert many.applications.filter(state=ApplicationState.SUBMITTED).count() == MANY


def test_what_ends_without_reply_ends_in_portions(monkeypatch, now, today):
    posting = PostingFactory(answer_by=today - timedelta(days=20))
    applications(posting, 5, now, letter="A")
    assert ending.BATCH == 500
    monkeypatch.setattr(ending, "BATCH", 2)

    assert [ending.close_unanswered(now=now) for _ in range(4)] == [2, 2, 1, 0]
    assert set(posting.applications.values_list("state", "version")) == {("no_reply", 2)}


def test_many_are_moved_at_most_three_hundred_at_once(client, monkeypatch, officer, now):
    posting = PostingFactory()
    applications(posting, 5, now, letter="A")
    assert pipeline.MOST_PICKED == 300
    monkeypatch.setattr(pipeline, "MOST_PICKED", 4)
    client.force_login(officer)
    board = reverse("placements:board", args=[posting.pk])
    ticks = [f"{pk}:1" for pk in posting.applications.values_list("pk", flat=True)]

    refused = client.post(board, {"to": "seen", "pick": ticks})
    assert refused.context["form"].non_field_errors() == ["At most 4 applications at once."]
    assert set(posting.applications.values_list("state", "version")) == {("submitted", 1)}

    assert client.post(board, {"to": "seen", "pick": ticks[:4]}).status_code == 302
    assert sorted(posting.applications.values_list("state", flat=True)) == ["seen"] * 4 + ["submitted"]


def test_more_ticks_than_a_form_may_hold_are_refused(client, officer, settings):
    application = ApplicationFactory()
    client.force_login(officer)
    ticks = [f"{application.pk}:1"] + [f"{pk}:1" for pk in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)]

    answer = client.post(reverse("placements:board", args=[application.posting_id]), {"to": "seen", "pick": ticks})

    assert answer.status_code == 400
    application.refresh_from_db()
    assert (application.state, application.version) == ("submitted", 1)
