"""The pages of guidance, and who never reads a note."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guidance.models import AdviceNote, AdviceSlot, Appointment
from tests.factories.guidance import AdviserFactory, AppointmentFactory, SlotFactory

pytestmark = pytest.mark.django_db
TOKEN = "00000000-0000-4000-8000-000000000002"
SECRET = "家里有困难"


@pytest.fixture
def noted(db) -> Appointment:
    appointment = AppointmentFactory(slot__starts_at=timezone.now() + timedelta(days=2))
    by = appointment.slot.adviser.user
    AdviceNote.objects.create(
        student=appointment.student, appointment=appointment, by=by, at=timezone.now(), text=SECRET
    )
    return appointment


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("officer", 8), ("student", 8)])
def test_guidance_costs_the_same_for_any_number_of_advisers(
    request, client, django_assert_num_queries, rows, role, queries
):
    for _ in range(rows):
        SlotFactory(starts_at=timezone.now() + timedelta(days=1))
    client.force_login(request.getfixturevalue(role))

    with django_assert_num_queries(queries):
        response = client.get("/guidance/")

    assert [len(adviser.free) for adviser in response.context["advisers"]] == [1] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_hours_of_an_adviser_cost_the_same_for_any_number(client, django_assert_num_queries, rows):
    adviser = AdviserFactory()
    for hours in range(rows):
        AppointmentFactory(slot__adviser=adviser, slot__starts_at=timezone.now() + timedelta(hours=hours + 1))
    client.force_login(adviser.user)

    with django_assert_num_queries(10):
        response = client.get("/guidance/hours/")

    assert len(response.context["hours"]) == rows


@pytest.mark.parametrize("role", ["officer", "admin", "leader", "college_staff", "student", "stranger"])
def test_neither_the_office_nor_an_administrator_nor_a_student_reaches_a_note(request, client, noted, role):
    client.force_login(request.getfixturevalue(role))

    assert client.get(f"/guidance/appointments/{noted.pk}/").status_code == 404
    for address in ("/guidance/", "/guidance/hours/", "/guidance/numbers/", "/guidance/advisers/"):
        assert SECRET not in client.get(address).content.decode()
    answer = client.post(f"/guidance/appointments/{noted.pk}/notes/new/", {"form_token": TOKEN, "text": "备注"})
    assert answer.status_code == 404
    assert AdviceNote.objects.count() == 1


def test_the_student_sees_the_appointment_without_the_note(client, noted):
    client.force_login(noted.student)

    text = client.get(f"/guidance/appointments/{noted.pk}/").content.decode()

    assert SECRET not in text
    assert "notes/new" not in text


def test_the_repair_pages_hold_no_notes(client, admin, noted):
    admin.is_superuser = True
    admin.save()
    client.force_login(admin)

    assert client.get("/admin/guidance/advicenote/").status_code == 404
    assert SECRET not in client.get(f"/admin/guidance/appointment/{noted.pk}/change/").content.decode()


def test_every_adviser_reads_the_note_until_they_are_none_any_more(client, noted):
    other = AdviserFactory()
    client.force_login(other.user)
    assert SECRET in client.get(f"/guidance/appointments/{noted.pk}/").content.decode()

    other.is_active = False
    other.save()

    assert client.get(f"/guidance/appointments/{noted.pk}/").status_code == 404


def test_an_hour_is_booked_changed_and_cancelled_on_the_pages(client, student):
    slot = SlotFactory(starts_at=timezone.now() + timedelta(days=2))
    other = SlotFactory(starts_at=timezone.now() + timedelta(days=3))
    client.force_login(student)

    sent = {"form_token": TOKEN, "topic": "resume", "question": "请看简历"}
    first, second = (client.post(f"/guidance/slots/{slot.pk}/", sent) for _ in range(2))
    mine = Appointment.objects.get()
    assert first.url == second.url == f"/guidance/appointments/{mine.pk}/"
    client.post(f"{first.url}edit/", {"slot": other.pk, "topic": "contract", "question": ""})
    mine.refresh_from_db()
    assert (mine.slot, mine.topic) == (other, "contract")
    client.post(f"{first.url}cancel/")
    mine.refresh_from_db()
    assert mine.state == "cancelled"


def test_a_taken_hour_is_said_and_what_was_typed_stays(client, student):
    slot = AppointmentFactory(slot__starts_at=timezone.now() + timedelta(days=2)).slot
    client.force_login(student)

    sent = {"form_token": TOKEN, "topic": "resume", "question": "请看简历"}
    response = client.post(f"/guidance/slots/{slot.pk}/", sent)

    assert response.context["form"].non_field_errors() == [
        "Somebody else has booked this hour. Please choose another one."
    ]
    assert response.context["form"]["question"].value() == "请看简历"
    assert Appointment.objects.count() == 1


def test_several_hours_are_offered_with_one_form_and_withdrawn_one_by_one(client):
    adviser = AdviserFactory()
    client.force_login(adviser.user)
    first = timezone.localdate() + timedelta(days=7)
    sent = {
        "form_token": TOKEN, "first": first.isoformat(), "last": (first + timedelta(days=6)).isoformat(),
        "weekdays": ["0", "2"], "starts_at": "09:00", "ends_at": "10:00", "minutes": "30",
    }  # fmt: skip

    client.post("/guidance/hours/", sent)
    client.post("/guidance/hours/", sent)
    assert AdviceSlot.objects.count() == 4
    client.post(f"/guidance/hours/{AdviceSlot.objects.first().pk}/withdraw/")

    assert AdviceSlot.objects.filter(withdrawn_at__isnull=True).count() == 3


def test_the_numbers_hold_no_name(client, officer, noted):
    client.force_login(officer)

    text = client.get("/guidance/numbers/").content.decode()

    assert noted.student.name not in text
    assert noted.student.name_en not in text
