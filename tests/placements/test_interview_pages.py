"""Pages of interview hours, notes and reasons."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from placements.models.applications import ApplicationNote, RejectionReason
from placements.models.interviews import InterviewBooking, InterviewSlot
from placements.services.interviews import book_hour
from placements.services.notes import write_note
from tests.factories.partnerships import ContactFactory
from tests.factories.placements import (
    ApplicationFactory,
    InterviewSlotFactory,
    PostingFactory,
    RejectionReasonFactory,
    invited,
)

pytestmark = pytest.mark.django_db
HOURS = {
    "day": "2030-12-02", "starts": "09:00", "ends": "10:00", "minutes": "20", "capacity": "2", "place": "A栋",
    "online_url": "",
}  # fmt: skip


def address(name, record):
    return reverse(f"placements:{name}", args=[record.pk])


def ahead(**fields):
    slot = InterviewSlotFactory(**fields)
    InterviewSlot.objects.update(starts_at="2030-12-01T01:00Z", ends_at="2030-12-01T01:30Z")
    slot.refresh_from_db()
    return slot


def test_the_office_offers_hours_once_however_often_it_presses(client, officer):
    posting, sent = PostingFactory(), HOURS | {"form_token": str(uuid.uuid4())}
    client.force_login(officer)

    for _ in range(2):
        assert client.post(address("interviews", posting), sent).url == address("interviews", posting)

    assert InterviewSlot.objects.count() == 3
    refused = client.post(address("interviews", posting), HOURS | {"form_token": str(uuid.uuid4())})
    assert list(refused.context["form"].errors) == ["starts"]


def test_the_student_books_and_gives_back_on_the_application(client, now):
    slot = ahead()
    application = invited(slot.posting)
    client.force_login(application.student)

    assert "A栋301" in client.get(address("application", application)).content.decode()
    client.post(address("interview_book", application), {"slot": slot.pk})
    assert InterviewBooking.objects.get().cancelled_at is None
    client.post(address("interview_give_back", application))
    assert InterviewBooking.objects.get().cancelled_at is not None


@pytest.mark.parametrize("role", ["officer", "student", "stranger"])
def test_nobody_books_for_another(client, request, role):
    slot = ahead()
    application = invited(slot.posting)
    client.force_login(request.getfixturevalue(role))

    assert client.post(address("interview_book", application), {"slot": slot.pk}).status_code == 404
    assert client.post(address("interview_give_back", application)).status_code == 404
    assert not InterviewBooking.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_hours_cost_the_same_for_any_number(client, officer, now, django_assert_num_queries, rows):
    posting = PostingFactory()
    for _ in range(rows):
        slot = InterviewSlotFactory(posting=posting)
        application = invited(posting)
        book_hour(application, slot, by=application.student, at=now)
    client.force_login(officer)

    with django_assert_num_queries(10):
        response = client.get(address("interviews", posting))

    assert [len(slot.people) for slot in response.context["page"]] == [1] * rows


def test_hours_have_pages_and_a_full_one_names_its_first_twenty(client, officer, now):
    posting = PostingFactory()
    InterviewSlotFactory.create_batch(25, posting=posting, starts_at=now + timedelta(days=90))
    full = InterviewSlotFactory(posting=posting, starts_at=now + timedelta(days=30), capacity=22)
    everybody = [invited(posting) for _ in range(22)]
    for minutes, application in enumerate(everybody):
        book_hour(application, full, by=application.student, at=now + timedelta(minutes=minutes))
    client.force_login(officer)

    response = client.get(address("interviews", posting))

    page = response.context["page"]
    assert (len(page), page.paginator.count, page[0]) == (25, 26, full)
    assert (page[0].taken, [booking.application for booking in page[0].people]) == (22, everybody[:20])
    assert response.content.decode().count("the first 20 to book are named here") == 1


def test_a_note_is_kept_for_staff_and_never_shown_to_the_student(client, officer, now):
    application = ApplicationFactory()
    client.force_login(officer)
    sent = {"text": "先打电话", "form_token": str(uuid.uuid4())}

    for _ in range(2):
        assert client.post(address("application_note", application), sent).status_code == 302
    assert ApplicationNote.objects.count() == 1
    assert "先打电话" in client.get(address("application", application)).content.decode()
    client.force_login(application.student)
    text = client.get(address("application", application)).content.decode()
    assert "先打电话" not in text
    assert "Notes among staff" not in text
    assert client.post(address("application_note", application), sent).status_code == 404


def test_the_enterprise_s_notes_are_not_staff_s(client, officer, now):
    application = ApplicationFactory()
    write_note(application, text="自己人", by=officer, at=now)
    contact = ContactFactory(enterprise=application.posting.enterprise)
    write_note(application, text="企业内部", contact=contact, at=now)
    client.force_login(officer)

    assert [note.text for note in client.get(address("application", application)).context["notes"]] == ["自己人"]


def test_the_office_adds_and_changes_a_reason(client, officer):
    client.force_login(officer)
    sent = {
        "code": "late", "name_zh": "迟到", "name_en": "Late", "text_zh": "下次准时。", "text_en": "Be in time.",
        "is_active": "on", "form_token": str(uuid.uuid4()),
    }  # fmt: skip

    assert client.post(reverse("placements:reason_new"), sent).url == reverse("placements:reason_list")
    reason = RejectionReason.objects.get(code="late")
    client.post(address("reason_edit", reason), sent | {"name_en": "Too late"})
    reason.refresh_from_db()
    assert reason.name_en == "Too late"


def test_a_rejection_on_the_page_takes_its_reason_from_the_list(client, officer):
    application, reason = ApplicationFactory(), RejectionReasonFactory()
    client.force_login(officer)
    sent = {"to": "rejected", "version": 1}

    refused = client.post(address("application_move", application), sent)
    assert refused.context["form"].errors == {"rejection": ["Choose a reason of the list."]}
    client.post(address("application_move", application), sent | {"rejection": reason.pk})

    application.refresh_from_db()
    assert (application.state, application.rejection) == ("rejected", reason)
    client.force_login(application.student)
    assert reason.text() in client.get(address("application", application)).content.decode()
