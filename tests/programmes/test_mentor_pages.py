"""Mentors on their pages."""

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from python_calamine import CalamineWorkbook

from partnerships.models.mentors import AnnualTarget, Mentor, MentorAppearance
from programmes.services import mentors
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
LIST = reverse("programmes:mentor_list")


def appointed(officer, name="曾建", **fields):
    return mentors.appoint_mentor(EnterpriseFactory(), name=name, by=officer, at=timezone.now(), **fields)


def once(**fields):
    return {"form_token": str(uuid.uuid4()), **fields}


def picture():
    content = BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    return SimpleUploadedFile("讲座.png", content.getvalue(), "image/png")


def test_the_number_beside_the_aim_opens_who_counts(client, officer):
    counted, _other = appointed(officer), appointed(officer, name="李四")
    today = timezone.localdate()
    mentors.record_appearance(counted, subject="机器人", held_on=today, by=officer, at=timezone.now())
    for number in (40, 50):
        mentors.set_annual_target(name="Mentors on campus", number=number, unit="mentors", by=officer)
    client.force_login(officer)

    response = client.get(LIST)
    door = client.get(f"{LIST}?counts=yes&year={today.year}")

    assert response.context["counts"] == 1
    assert f"{LIST}?counts=yes&amp;year={today.year}" in response.content.decode()
    assert [(row.name, row.appeared) for row in door.context["page"]] == [("曾建", 1)]
    assert [target.number for target in response.context["targets"]] == [50]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    for number in range(rows):
        appointed(officer, name=str(number))
    client.force_login(officer)

    # session, person, roles, colleges, majors, count, rows, terms, aims, who counts; the frame asks school and inbox
    with django_assert_num_queries(12):
        html = client.get(LIST).content.decode()
    assert html.count('<td class="cell-title">') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, rows):
    mentor = appointed(officer)
    for number in range(rows):
        mentors.record_appearance(mentor, subject=str(number), held_on=date(2026, 1, 1), by=officer, at=timezone.now())
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, mentor, majors, appearances, terms, school, inbox
        html = client.get(reverse("programmes:mentor", args=[mentor.pk])).content.decode()
    assert html.count('<td class="cell-title">') == rows


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 200), ("college_staff", 200), ("student", 404), ("stranger", 404)]
)
def test_staff_read_mentors_and_nobody_else(request, client, officer, who, status):
    mentor = appointed(officer)
    client.force_login(request.getfixturevalue(who))

    for address in (LIST, reverse("programmes:mentor", args=[mentor.pk])):
        assert client.get(address).status_code == status


def test_a_mentor_is_appointed_in_one_form_and_only_once(client, officer):
    enterprise = EnterpriseFactory()
    client.force_login(officer)
    address = reverse("programmes:mentor_new", args=[enterprise.pk])
    number = client.get(address).context["term"]["number"].value()
    fields = once(
        name="曾建", title="总经理", kind="industry", from_on="2026-01-01", to_on="2026-12-31", number=number,
        pay_per_hour="300",
    )  # fmt: skip

    first, second = client.post(address, fields), client.post(address, fields)

    mentor = Mentor.objects.get()
    assert first.url == second.url == f"/mentors/{mentor.pk}/"
    term = mentor.appointments.get()
    assert (term.number, term.pay_per_hour) == (f"聘〔{timezone.localdate().year}〕001号", 300)
    letter = client.get(reverse("programmes:letter", args=[term.pk]))
    assert (letter["Content-Type"], letter.content[:5]) == ("application/pdf", b"%PDF-")


def test_bad_input_stays_in_the_form_with_a_word_beside_its_field(client, officer):
    enterprise = EnterpriseFactory()
    client.force_login(officer)
    fields = once(name="曾建", kind="industry", from_on="2026-01-02", to_on="2026-01-01", pay_per_hour="-1")

    response = client.post(reverse("programmes:mentor_new", args=[enterprise.pk]), fields)

    assert set(response.context["term"].errors) == {"to_on", "pay_per_hour"}
    assert response.context["form"]["name"].value() == "曾建"
    assert not Mentor.objects.exists()


def test_a_lecture_is_recorded_with_its_photo_which_staff_may_fetch(client, officer, college_staff, student):
    mentor = appointed(officer)
    client.force_login(college_staff)
    today = timezone.localdate().isoformat()
    fields = once(kind="lecture", subject="机器人", held_on=today, hours="2.5", audience="120", photo=picture())

    client.post(reverse("programmes:appearance_new", args=[mentor.pk]), fields)

    row = MentorAppearance.objects.get()
    assert (row.photo_name, row.audience, row.by) == ("讲座.png", 120, college_staff)
    photo = reverse("programmes:appearance_photo", args=[row.pk])
    assert b"".join(client.get(photo)).startswith(b"\x89PNG")
    client.force_login(student)
    assert client.get(photo).status_code == 404


def test_a_photo_that_is_none_is_refused(client, officer):
    mentor = appointed(officer)
    client.force_login(officer)
    false = SimpleUploadedFile("讲座.png", b"MZ not a picture", "image/png")
    fields = once(kind="lecture", subject="机器人", held_on="2026-01-01", photo=false)

    response = client.post(reverse("programmes:appearance_new", args=[mentor.pk]), fields)

    assert set(response.context["form"].errors) == {"photo"}
    assert not MentorAppearance.objects.exists()


def test_college_staff_set_no_aim_and_the_office_does(client, officer, college_staff):
    fields = {"name": "Mentors on campus", "number": "50", "unit": "mentors", "year": "2026"}
    client.force_login(college_staff)
    assert client.post(reverse("programmes:aim"), fields).status_code == 403
    assert not AnnualTarget.objects.exists()

    client.force_login(officer)
    client.post(reverse("programmes:aim"), fields)
    client.post(reverse("programmes:aim"), {**fields, "number": "60"})

    assert [(aim.year, aim.number) for aim in AnnualTarget.objects.all()] == [(2026, 60)]


def test_the_workbook_holds_exactly_the_filtered_rows(client, officer):
    appointed(officer, expertise="机器人", number="聘〔2026〕001号")
    appointed(officer, name="李四")
    client.force_login(officer)

    content = b"".join(client.get(f"{LIST}?find=机器人&format=xlsx&columns=all&columns=name"))

    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [(row[0], row[3], row[8]) for row in rows[1:]] == [("曾建", "机器人", "聘〔2026〕001号")]
