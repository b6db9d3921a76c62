"""Who reads what was sent, and the log of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.choices import Role
from placements.models.applications import ApplicationView
from placements.services.looking import note_look
from tests.factories.accounts import MajorFactory, person
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import ContactFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.resumes import PDF, sent_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(student):
    return ApplicationFactory(student=student)


def page(application):
    return reverse("placements:application", args=[application.pk])


def file_of(document):
    return reverse("placements:document", args=[document.application_id, document.pk])


def test_the_student_reads_the_file_as_it_was_sent_and_no_look_is_kept(client, student, application):
    document = sent_file(application)
    client.force_login(student)

    response = client.get(file_of(document))

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert client.get(page(application)).status_code == 200
    assert not ApplicationView.objects.exists()


def test_each_look_of_staff_is_kept_and_the_student_reads_who_and_when(client, officer, student, application):
    document = sent_file(application)
    client.force_login(officer)
    client.get(page(application))
    for _ in range(2):
        b"".join(client.get(file_of(document)).streaming_content)

    looks = ApplicationView.objects.order_by("pk")
    assert list(looks.values_list("by", "name", "document")) == [
        (officer.pk, "王敏", None),
        (officer.pk, "王敏", document.pk),
        (officer.pk, "王敏", document.pk),
    ]
    client.force_login(student)
    shown = client.get(page(application)).context["looks"]
    assert [(look["who"], look["document"], look["times"], look["last"]) for look in shown] == [
        ("王敏", "简历.pdf", 2, looks[2].at),
        ("王敏", "", 1, looks[0].at),
    ]


def test_staff_do_not_read_the_log(client, officer, application):
    note_look(application, by=person(Role.OFFICER, name="李四"), at=application.submitted_at)
    client.force_login(officer)

    response = client.get(page(application))

    assert response.context["looks"] == []
    assert "李四" not in response.content.decode()


@pytest.mark.parametrize("role", ["leader", "stranger", "college_staff", "other"])
def test_whoever_may_not_read_the_application_finds_no_file_and_leaves_no_trace(client, request, application, role):
    document = sent_file(application)
    client.force_login(make_student() if role == "other" else request.getfixturevalue(role))

    assert client.get(file_of(document)).status_code == 404
    assert not ApplicationView.objects.exists()


def test_staff_of_the_students_college_read_the_file(client, college_staff, college):
    application = ApplicationFactory(student=make_student(major=MajorFactory(college=college)))
    document = sent_file(application)
    client.force_login(college_staff)

    assert b"".join(client.get(file_of(document)).streaming_content) == PDF
    assert ApplicationView.objects.get().by == college_staff


def test_a_file_of_another_application_is_not_there(client, officer, application):
    document = sent_file(ApplicationFactory())
    client.force_login(officer)

    address = reverse("placements:document", args=[application.pk, document.pk])

    assert client.get(address).status_code == 404
    assert not ApplicationView.objects.exists()


def test_the_enterprise_is_named_rather_than_its_contact(client, student, application, now):
    contact = ContactFactory(enterprise=application.posting.enterprise, name="孙总")

    note_look(application, contact=contact, at=now)
    note_look(application, contact=contact, at=now + timedelta(hours=1))

    assert list(ApplicationView.objects.values_list("contact", "by", "name")) == [(contact.pk, None, "孙总")] * 2
    client.force_login(student)
    response = client.get(page(application))
    assert [(look["who"], look["times"]) for look in response.context["looks"]] == [
        (str(application.posting.enterprise), 2)
    ]
    assert "孙总" not in response.content.decode()


def test_a_look_of_nobody_is_a_mistake(application, now):
    with pytest.raises(TypeError):
        note_look(application, at=now)

    assert not ApplicationView.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("reader", "queries"), [("student", 11), ("officer", 13)])
def test_the_page_costs_the_same_for_any_number_of_files_and_looks(
    client, request, application, django_assert_num_queries, rows, reader, queries
):
    for number in range(rows):
        sent_file(application)
        application.answers.create(asked=f"问题{number}", answer="答")
        note_look(application, by=person(Role.OFFICER), at=application.submitted_at)
    client.force_login(request.getfixturevalue(reader))

    with django_assert_num_queries(queries):
        response = client.get(page(application))

    assert len(response.context["documents"]) == rows


def test_the_sum_of_a_file_is_kept_and_shown_to_nobody(client, application, officer):
    document = sent_file(application)

    for reader in (application.student, officer):
        client.force_login(reader)
        text = client.get(reverse("placements:application", args=[application.pk])).content.decode()
        assert (document.name in text, "SHA-256" in text, document.sha256[:12] in text) == (True, False, False)
