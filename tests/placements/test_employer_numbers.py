"""The numbers on the public face of an employer: who went there, how it answers, what it does with the school."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from partnerships.choices.agreements import AgreementState
from partnerships.choices.programmes import ProgrammeKind, ProgrammeMeasure
from partnerships.models.programmes import Programme, ProgrammeOutcome
from placements.choices import ApplicationState, PostingKind
from placements.models.applications import ApplicationMove
from placements.selectors.employers import Cooperation, Went, face
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import AgreementFactory, AgreementKindFactory, EnterpriseFactory, signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
A = ApplicationState


def page(enterprise):
    return reverse("placements:employer", args=[enterprise.pk])


def in_words(response):
    return " ".join(response.content.decode().split())


def accepted(enterprise, *, class_of=2027, kind=PostingKind.JOB, student=None, **snapshot):
    return ApplicationFactory(
        posting=PostingFactory(enterprise=enterprise, kind=kind),
        state=A.ACCEPTED,
        snapshot={"class_of": class_of, **snapshot},
        **({"student": student} if student else {}),
    )


def test_students_who_went_are_counted_by_class_and_once_each(student):
    enterprise, one, two = EnterpriseFactory(), make_student(class_of=2026), make_student(class_of=2026)
    accepted(enterprise, class_of=2026, student=one)
    accepted(enterprise, class_of=2026, student=one)  # a second job of the same person
    accepted(enterprise, class_of=2026, student=two, kind=PostingKind.CAMPUS)
    accepted(enterprise, class_of=2027, kind=PostingKind.INTERNSHIP)
    ApplicationFactory(posting=PostingFactory(enterprise=enterprise), state=A.OFFERED)
    accepted(EnterpriseFactory())

    found = face(enterprise.pk, student, on=timezone.localdate(), profile=None)

    assert found.went == [Went(2027, jobs=0, internships=1), Went(2026, jobs=2, internships=0)]


def test_the_class_is_that_of_the_application_else_of_the_profile(student):
    enterprise = EnterpriseFactory()
    accepted(enterprise, class_of=2025, student=make_student(class_of=2026))
    ApplicationFactory(
        posting=PostingFactory(enterprise=enterprise),
        state=A.ACCEPTED,
        snapshot={},
        student=make_student(class_of=2024),
    )

    found = face(enterprise.pk, student, on=timezone.localdate(), profile=None)

    assert [row.class_of for row in found.went] == [2025, 2024]


def test_each_number_says_where_it_comes_from(client, student):
    enterprise = EnterpriseFactory()
    accepted(enterprise, class_of=2027)
    ApplicationFactory(submitted_at=datetime(2026, 3, 1, 8, 0, tzinfo=UTC))
    programme = Programme.objects.create(
        enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name="启明班", since=2023
    )
    ProgrammeOutcome.objects.create(
        programme=programme, measure=ProgrammeMeasure.HIRED, number=30, is_minimum=True, year=2025
    )
    ProgrammeOutcome.objects.create(programme=programme, measure=ProgrammeMeasure.TRAINED, number=99)
    client.force_login(student)

    words = in_words(client.get(page(enterprise)))

    assert "Class of 2027" in words
    assert "1 to a job" in words
    assert f"Offers accepted in this portal, counted since {date_format(date(2026, 3, 1))}" in words
    assert "more than 30 hired" in words
    assert "Reported of the programme “启明班”" in words
    assert "99" not in words.split("Students of ours who went there")[1].split("</section>")[0]


def test_that_nothing_is_known_is_said(client, student):
    enterprise = EnterpriseFactory()
    client.force_login(student)

    assert "nobody has applied to any employer through it yet" in in_words(client.get(page(enterprise)))

    ApplicationFactory(submitted_at=datetime(2026, 3, 1, 8, 0, tzinfo=UTC))
    assert f"It has counted accepted offers since {date_format(date(2026, 3, 1))};" in in_words(
        client.get(page(enterprise))
    )


@pytest.mark.parametrize(
    ("answered", "waiting", "words"),
    [
        (0, 0, "No application has been due an answer yet."),
        (3, 1, "<strong>Too few to say:</strong> 3 of 4 applications that were due an answer got one."),
        (4, 1, "<strong>80%</strong> 4 of 5 applications that were due an answer got one."),
    ],
)
def test_the_response_rate_has_its_numbers_and_is_not_given_for_few(client, student, answered, waiting, words):
    enterprise = EnterpriseFactory()
    for _ in range(answered):
        application = ApplicationFactory(posting=PostingFactory(enterprise=enterprise), state=A.REJECTED)
        ApplicationMove.objects.create(application=application, state=A.REJECTED, at=timezone.now(), by=None)
    for _ in range(waiting):
        ApplicationFactory(posting=PostingFactory(enterprise=enterprise, answer_by=date(2026, 1, 1)))
    client.force_login(student)

    assert words in in_words(client.get(page(enterprise)))


def test_agreements_are_told_by_kind_and_first_year_only(student):
    enterprise, on = EnterpriseFactory(), date(2026, 11, 21)
    frame = AgreementKindFactory(code="frame", name_en="Framework agreement", name_zh="框架协议")
    other = AgreementKindFactory(code="other", name_en="Other agreement", name_zh="其他协议")
    first = AgreementFactory(
        enterprise=enterprise, state=AgreementState.RENEWED, starts_on=date(2022, 1, 1), ends_on=date(2025, 12, 31)
    )
    signed_agreement(enterprise=enterprise, renewed_from=first)
    signed_agreement(enterprise=enterprise, kind=frame, starts_on=None, signed_on=None, ends_on=None)
    signed_agreement(enterprise=enterprise, kind=other, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    AgreementFactory(enterprise=enterprise, kind=other, state=AgreementState.DRAFT)
    signed_agreement(enterprise=enterprise, kind=other, starts_on=date(2027, 1, 1), ends_on=None)

    found = face(enterprise.pk, student, on=on, profile=None)

    assert found.cooperation == [Cooperation("Framework agreement", None), Cooperation("Practice base", 2022)]
