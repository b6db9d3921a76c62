"""What a posting asks for, and what is kept of what was sent."""

import hashlib
import uuid
from threading import Barrier, Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models.people import LanguageSkill
from core.errors import RuleBroken
from placements.choices import DocumentKind, QuestionKind
from placements.models.applications import Application, ApplicationAnswer, ApplicationDocument
from placements.models.postings import PostingQuestion
from placements.models.resumes import Resume, ResumeEntry
from placements.services.applying import apply, asked_of
from placements.services.papers import Paper, short_name
from placements.services.resumes import delete_resume
from tests.factories.accounts import student as make_student
from tests.factories.placements import PostingFactory
from tests.factories.resumes import PDF, kept_resume

pytestmark = pytest.mark.django_db
PROGRAM = b"MZ\x90\x00" + b"\x00" * 100


def asked(posting, kind=QuestionKind.TEXT, text="为什么选择我们？", **fields):
    return PostingQuestion.objects.create(posting=posting, kind=kind, text=text, **fields)


def pdf(name="简历.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def sent(**fields):
    return {"form_token": str(uuid.uuid4()), "letter": "您好", **fields}


def address(posting):
    return reverse("placements:apply", args=[posting.pk])


def content_of(document):
    with document.file.open("rb") as file:
        return file.read()


@pytest.fixture
def form(client, student):
    """Sends the form of a posting as the student."""
    client.force_login(student)
    return lambda posting, **fields: client.post(address(posting), sent(**fields))


def test_each_kind_of_question_is_answered_in_words_with_the_question_as_it_was_asked(form):
    posting = PostingFactory()
    drives = asked(posting, QuestionKind.YES_NO, "会开车吗？", text_en="Do you drive?")
    tool = asked(posting, QuestionKind.CHOICE, "常用软件", choices=["达芬奇", "Premiere"], place=2)
    months = asked(posting, QuestionKind.NUMBER, "能实习几个月？", place=3)
    why = asked(posting, place=4, is_required=False)
    given = {f"question_{drives.pk}": "no", f"question_{tool.pk}": "达芬奇", f"question_{months.pk}": "3.50"}

    form(posting, **given, **{f"question_{why.pk}": ""})

    assert list(ApplicationAnswer.objects.values_list("question", "asked", "answer")) == [
        (drives.pk, "Do you drive?", "No"),
        (tool.pk, "常用软件", "达芬奇"),
        (months.pk, "能实习几个月？", "3.5"),
        (why.pk, "为什么选择我们？", ""),
    ]


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        (QuestionKind.TEXT, "", "This field is required."),
        (QuestionKind.NUMBER, "drei", "Enter a number."),
        (QuestionKind.CHOICE, "Maya", "Select a valid choice. Maya is not one of the available choices."),
        (QuestionKind.YES_NO, "maybe", "Select a valid choice. maybe is not one of the available choices."),
        (QuestionKind.TEXT, "长" * 1001, "Ensure this value has at most 1000 characters (it has 1001)."),
    ],
)
def test_an_answer_that_cannot_be_is_refused_beside_its_question_and_the_letter_is_kept(form, kind, typed, reason):
    posting = PostingFactory()
    question = asked(posting, kind, choices=["Blender"])

    response = form(posting, **{f"question_{question.pk}": typed})

    assert response.context["form"].errors == {f"question_{question.pk}": [reason]}
    assert "您好" in response.content.decode()
    assert not Application.objects.exists()


def test_the_service_refuses_an_unanswered_question_and_names_its_field(student, now):
    posting = PostingFactory()
    question = asked(posting)

    with pytest.raises(RuleBroken, match="This question must be answered: 为什么选择我们？") as refusal:
        apply(posting, student=student, answers={question.pk: "  "}, at=now)

    assert refusal.value.field == f"question_{question.pk}"
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("kind", "field", "label"),
    [("resume", "resume", "Résumé"), ("letter", "letter", "Cover letter"),
     ("transcript", "document_transcript", "Transcript of grades")],
)  # fmt: skip
def test_the_service_refuses_without_a_document_that_is_wanted(student, now, kind, field, label):
    with pytest.raises(RuleBroken, match=f"This posting asks for: {label}") as refusal:
        apply(PostingFactory(documents=[kind]), student=student, at=now)

    assert refusal.value.field == field
    assert not Application.objects.exists()


def test_wanted_documents_are_copied_with_their_sum_in_the_order_of_the_form(form, student):
    posting = PostingFactory(documents=["transcript", "resume", "letter"])

    form(posting, resume="upload", resume_file=pdf(), document_transcript=pdf("成绩单.pdf", PDF + b"2"))

    documents = list(ApplicationDocument.objects.all())
    assert [(each.kind, each.name) for each in documents] == [("resume", "简历.pdf"), ("transcript", "成绩单.pdf")]
    assert [each.sha256 for each in documents] == [hashlib.sha256(PDF + more).hexdigest() for more in (b"", b"2")]
    assert [content_of(each) for each in documents] == [PDF, PDF + b"2"]
    assert [(each.name, each.size) for each in student.resumes.all()] == [("简历.pdf", len(PDF))]


def test_missing_documents_are_said_beside_their_fields(form):
    response = form(PostingFactory(documents=["resume", "portfolio", "letter"]), letter="")

    assert list(response.context["form"].errors) == ["resume", "document_portfolio", "letter"]
    assert not Application.objects.exists()


@pytest.mark.parametrize("field", ["resume_file", "document_transcript"])
def test_a_program_named_as_a_pdf_is_refused_and_what_was_typed_stays(form, student, field):
    files = {"resume_file": pdf(), "document_transcript": pdf()} | {field: pdf("成绩.pdf", PROGRAM)}

    response = form(PostingFactory(documents=["transcript"]), resume="upload", **files)

    assert response.context["form"].errors == {field: ["The file is not what its name says. Save it again as .pdf."]}
    assert "您好" in response.content.decode()
    assert not Application.objects.exists()
    assert not student.resumes.exists()


def test_an_earlier_resume_is_sent_as_a_copy_that_outlives_it(form, student, django_capture_on_commit_callbacks):
    resume = kept_resume(student)

    form(PostingFactory(), resume=f"kept-{resume.pk}")
    with django_capture_on_commit_callbacks(execute=True):
        delete_resume(resume, by=student)

    document = ApplicationDocument.objects.get()
    assert not Resume.objects.exists()
    assert not resume.file.storage.exists(resume.file.name)
    assert (document.name, content_of(document)) == ("我的简历.pdf", PDF)


def test_a_resume_of_somebody_else_cannot_be_chosen(form):
    other = kept_resume(make_student())

    response = form(PostingFactory(), resume=f"kept-{other.pk}")

    assert list(response.context["form"].errors) == ["resume"]
    assert not Application.objects.exists()


def test_a_kept_file_that_the_storage_lost_is_said_beside_the_choice(form, student):
    resume = kept_resume(student)
    resume.file.storage.delete(resume.file.name)

    response = form(PostingFactory(), resume=f"kept-{resume.pk}")

    assert list(response.context["form"].errors) == ["resume"]
    assert not Application.objects.exists()


@pytest.mark.parametrize(("language", "name"), [("en", "Liu Yang – résumé.pdf"), ("zh-hans", "刘洋 – ")])
def test_the_written_resume_becomes_a_file_when_it_is_sent(form, student, language, name):
    entry = ResumeEntry.objects.create(student=student, section="award", title="一等奖")

    form(PostingFactory(), resume=f"written-{language}")
    document = ApplicationDocument.objects.get()
    before = content_of(document)
    entry.delete()

    assert document.name.startswith(name)
    assert before.startswith(b"%PDF-1.7")
    assert (content_of(document), hashlib.sha256(before).hexdigest()) == (before, document.sha256)


def test_a_choice_and_a_file_that_do_not_belong_together_are_said(form, student):
    resume = kept_resume(student)

    both = form(PostingFactory(), resume=f"kept-{resume.pk}", resume_file=pdf())
    neither = form(PostingFactory(), resume="upload")

    assert list(both.context["form"].errors) == ["resume"]
    assert list(neither.context["form"].errors) == ["resume_file"]
    assert not Application.objects.exists()


def test_a_file_without_a_choice_is_the_resume(form):
    form(PostingFactory(documents=["resume"]), resume_file=pdf("cv.pdf"))

    assert ApplicationDocument.objects.get().name == "cv.pdf"


def test_the_snapshot_holds_languages_contact_and_summary_as_they_were(student, now):
    profile = student.student_profile
    profile.phone, profile.summary, profile.summary_en = "13800000000", "三部短片", "Three films"
    profile.save()
    skill = LanguageSkill.objects.create(profile=profile, language="en", level="b2", proof="CET-6")

    application = apply(PostingFactory(), student=student, at=now)
    skill.delete()
    profile.summary = profile.phone = ""
    profile.save()

    application.refresh_from_db()
    kept = {name: application.snapshot[name] for name in ("phone", "email", "languages", "summary", "summary_en")}
    assert kept == {
        "phone": "13800000000",
        "email": student.email,
        "languages": [{"language": "en", "level": "b2", "proof": "CET-6"}],
        "summary": "三部短片",
        "summary_en": "Three films",
    }


def test_answers_stay_when_the_question_is_changed_or_goes(student, now):
    posting = PostingFactory()
    question = asked(posting)
    apply(posting, student=student, answers={question.pk: "因为作品"}, at=now)

    question.delete()

    assert list(ApplicationAnswer.objects.values_list("question", "asked", "answer")) == [
        (None, "为什么选择我们？", "因为作品")
    ]


def test_a_form_opened_before_the_questions_changed_is_shown_anew_and_can_then_be_sent(form):
    posting = PostingFactory()
    before, question = asked_of(posting), asked(posting)
    answer = {f"question_{question.pk}": "因为作品"}

    response = form(posting, asked=before, **answer)

    shown = response.context["form"]
    assert shown.non_field_errors() == [
        "What this posting asks for was changed while you were writing. Please look at the form again."
    ]
    assert not Application.objects.exists()
    assert shown["asked"].value() == asked_of(posting)
    assert form(posting, asked=shown["asked"].value(), **answer).status_code == 302


def test_the_service_compares_what_was_asked_under_its_lock(student, now):
    posting = PostingFactory()
    before = asked_of(posting)
    asked(posting, is_required=False)

    with pytest.raises(RuleBroken, match="was changed while you were writing"):
        apply(posting, student=student, asked=before, at=now)

    assert not Application.objects.exists()


@pytest.mark.parametrize("same_form", [True, False], ids=["double click", "two tabs"])
@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_application_with_one_set_of_files(same_form):
    student, posting = make_student(), PostingFactory(documents=["resume"])
    start, token, outcomes = Barrier(3), str(uuid.uuid4()), []

    def press() -> None:
        client = Client()
        client.force_login(student)
        start.wait()
        token_of_form = token if same_form else str(uuid.uuid4())
        fields = {"form_token": token_of_form, "resume": "upload", "resume_file": pdf()}
        outcomes.append(client.post(address(posting), fields).url)
        connection.close()

    threads = [Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    application = Application.objects.get()
    assert outcomes == [reverse("placements:application", args=[application.pk])] * 3
    assert (application.documents.count(), application.moves.count(), student.resumes.count()) == (1, 1, 1)


def test_what_is_sent_is_a_copy_of_what_was_handed_over(student, now):
    file = ContentFile(PDF, name="cv.pdf")

    application = apply(PostingFactory(), student=student, papers=[Paper(DocumentKind.RESUME, "cv.pdf", file)], at=now)

    assert content_of(application.documents.get()) == PDF


def test_a_long_name_keeps_its_ending():
    assert short_name("长" * 300 + ".pdf") == "长" * 196 + ".pdf"
