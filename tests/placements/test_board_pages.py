"""The board of a posting: who sees what of it, its filters, and moving many at once."""

import pytest
from django.urls import reverse

from placements.models.applications import Application
from placements.services.interviews import book_hour
from placements.services.notes import write_note
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.placements import (
    ApplicationFactory,
    InterviewSlotFactory,
    PostingFactory,
    RejectionReasonFactory,
    invited,
)

pytestmark = pytest.mark.django_db


def address(posting):
    return reverse("placements:board", args=[posting.pk])


def ticks(*applications):
    return [f"{application.pk}:{application.version}" for application in applications]


def standing(response):
    return {
        column.state.value: [application.pk for application in column.applications]
        for column in response.context["columns"]
        if column.applications
    }


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_applicants_stand_by_state_and_each_running_state_has_its_column(client, officer):
    posting = PostingFactory()
    fresh, seen, gone = (
        ApplicationFactory(posting=posting, state=state) for state in ("submitted", "seen", "rejected")
    )
    ApplicationFactory()
    client.force_login(officer)

    response = client.get(address(posting))

    assert standing(response) == {"submitted": [fresh.pk], "seen": [seen.pk], "rejected": [gone.pk]}
    assert [column.state.value for column in response.context["columns"]] == [
        "submitted", "seen", "shortlisted", "interview", "offered", "rejected",
    ]  # fmt: skip


def test_a_card_shows_the_booked_hour_and_the_notes(client, officer, now):
    slot = InterviewSlotFactory()
    application = invited(slot.posting)
    book_hour(application, slot, by=application.student, at=now)
    write_note(application, text="先打电话", by=officer, at=now)
    client.force_login(officer)

    text = client.get(address(slot.posting)).content.decode()

    assert "1 Dec 2026, 09:00" in text
    assert "1 note" in text
    assert "先打电话" not in text


def test_filters_narrow_and_are_offered_only_where_they_find_somebody(client, officer):
    posting, major = PostingFactory(), MajorFactory(name_en="Animation")
    found = ApplicationFactory(
        posting=posting, student=make_student(name="刘洋", name_en="Liu Yang", major=major, class_of=2028)
    )
    ApplicationFactory(posting=posting, state="interview")
    MajorFactory(name_en="Robotics")
    client.force_login(officer)

    for query in ({"find": "liu"}, {"major": major.pk}, {"class_of": 2028}, {"state": "submitted"}):
        assert standing(client.get(address(posting), query)) == {"submitted": [found.pk]}, query
    assert list(standing(client.get(address(posting), {"without_hour": "on"}))) == ["interview"]
    text = client.get(address(posting)).content.decode()
    assert "Animation" in text
    assert "Robotics" not in text


def test_a_column_shows_its_first_twenty_and_the_rest_has_pages(client, officer):
    posting = PostingFactory()
    ApplicationFactory.create_batch(27, posting=posting)
    client.force_login(officer)

    [column] = [column for column in client.get(address(posting)).context["columns"] if column.applications]
    assert (column.number, len(column.applications), column.rest) == (27, 20, 7)
    second = client.get(address(posting), {"state": "submitted", "page": 2})
    assert len(standing(second)["submitted"]) == 2


def test_college_staff_see_their_own_students_only(client, college, college_staff):
    posting = PostingFactory()
    own = ApplicationFactory(posting=posting, student=make_student(major=MajorFactory(college=college)))
    other = ApplicationFactory(posting=posting)
    client.force_login(college_staff)

    assert standing(client.get(address(posting))) == {"submitted": [own.pk]}
    client.post(address(posting), {"to": "seen", "pick": ticks(own, other)})

    assert dict(Application.objects.values_list("pk", "state")) == {own.pk: "seen", other.pk: "submitted"}


@pytest.mark.parametrize("role", ["leader", "student", "stranger"])
def test_nobody_else_opens_it_or_moves_anybody(client, request, role):
    application = ApplicationFactory()
    client.force_login(request.getfixturevalue(role))

    assert client.get(address(application.posting)).status_code == 404
    sent = {"to": "seen", "pick": ticks(application)}
    assert client.post(address(application.posting), sent).status_code == 404

    application.refresh_from_db()
    assert (application.state, application.version) == ("submitted", 1)


def test_many_are_moved_with_one_form_and_what_cannot_be_is_told(client, officer):
    posting = PostingFactory()
    first, second = ApplicationFactory.create_batch(2, posting=posting)
    ended = ApplicationFactory(posting=posting, state="withdrawn", student=make_student(name_en="Ye Wen"))
    there = ApplicationFactory(posting=posting, state="shortlisted")
    client.force_login(officer)

    sent = {"to": "shortlisted", "pick": ticks(first, second, ended, there)}
    response = client.post(f"{address(posting)}?find=", sent, follow=True)

    assert response.redirect_chain == [(f"{address(posting)}?find=", 302)]
    assert said(response) == [
        "2 applications are now: Shortlisted.",
        "1 stood there already.",
        "Ye Wen: An application in state “Withdrawn” cannot become “Shortlisted”.",
    ]
    assert standing(response)["shortlisted"] == [there.pk, second.pk, first.pk]


def test_many_are_rejected_with_a_reason_of_the_list(client, officer):
    posting, reason = PostingFactory(), RejectionReasonFactory()
    first, second = ApplicationFactory.create_batch(2, posting=posting)
    client.force_login(officer)
    sent = {"to": "rejected", "pick": ticks(first, second), "reason": "加油"}

    refused = client.post(address(posting), sent)
    assert refused.context["form"].errors == {"rejection": ["Choose a reason of the list."]}
    assert refused.content.decode().count(" checked") == 2
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}
    client.post(address(posting), sent | {"rejection": reason.pk})

    assert set(Application.objects.values_list("state", "rejection", "reason")) == {("rejected", reason.pk, "加油")}


@pytest.mark.parametrize("pick", [[], ["x"], ["1:"], ["²:1"], ["1:1:1"]])
def test_nothing_ticked_is_said(client, officer, pick):
    posting = ApplicationFactory().posting
    client.force_login(officer)

    response = client.post(address(posting), {"to": "seen", "pick": pick})

    assert response.context["form"].non_field_errors() == ["Tick the applications that are to be moved."]


def test_an_application_to_another_posting_is_not_moved_along(client, officer):
    other = ApplicationFactory()
    client.force_login(officer)

    client.post(address(PostingFactory()), {"to": "seen", "pick": ticks(other)})

    other.refresh_from_db()
    assert other.state == "submitted"


def test_nobody_has_applied_yet(client, officer):
    client.force_login(officer)

    assert "Nobody has applied yet" in client.get(address(PostingFactory())).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_any_number_of_applicants(client, officer, now, django_assert_num_queries, rows):
    posting = PostingFactory()
    for place in range(rows):
        slot = InterviewSlotFactory(posting=posting)
        application = invited(posting)
        book_hour(application, slot, by=application.student, at=now)
        write_note(application, text=str(place), by=officer, at=now)
    client.force_login(officer)

    with django_assert_num_queries(13):
        response = client.get(address(posting))

    assert len(standing(response)["interview"]) == rows
