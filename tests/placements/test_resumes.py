"""Résumés: files, entries, and the paper that the portal writes from them."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from accounts.models.people import LanguageSkill
from core.errors import RuleBroken
from placements.models.resumes import Resume, ResumeEntry
from placements.selectors.resumes import english_gaps, parts_of, resume_data, resume_pdf
from placements.services import resumes as services
from tests.core.test_pictures import photo
from tests.factories.accounts import student as make_student
from tests.factories.resumes import PDF, kept_resume

pytestmark = pytest.mark.django_db
HERE = "/profile/resumes/"


@pytest.fixture
def client(client, student):
    client.force_login(student)
    return client


def bring(client, name, content):
    file = SimpleUploadedFile(name, content)
    return client.post(HERE, {"form_token": str(uuid.uuid4()), "file": file})


def entry_fields(**fields):
    return {"form_token": str(uuid.uuid4()), "section": "award", "title": "省级一等奖", **fields}


@pytest.fixture
def entry(student):
    return ResumeEntry.objects.create(student=student, section="award", title="省级一等奖")


@pytest.mark.parametrize(
    ("name", "content"),
    [("简历.pdf", PDF), ("证书.png", photo((8, 8), "PNG").getvalue()), ("照.jpg", photo((8, 8), "JPEG").getvalue())],
)
def test_a_file_is_kept_and_can_be_read_again(client, student, name, content):
    response = bring(client, name, content)

    assert response.url == HERE
    resume = student.resumes.get()
    assert (resume.name, resume.size) == (name, len(content))
    read = client.get(reverse("placements:resume", args=[resume.pk]))
    assert b"".join(read.streaming_content) == content


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("简历.pdf", b"MZ\x90\x00 a program", "The file is not what its name says. Save it again as .pdf."),
        ("简历.docx", PDF, "The file is not what its name says. Save it again as .docx."),
        (
            "简历.exe",
            b"MZ\x90\x00",
            "Files of this kind are not accepted. Accepted: pdf, docx, jpg, jpeg, png.",
        ),
    ],
)
def test_what_is_no_resume_is_refused(client, name, content, reason):
    response = bring(client, name, content)

    assert response.context["form"].errors == {"file": [reason]}
    assert not Resume.objects.exists()


def test_a_file_above_the_limit_is_refused(client, settings):
    settings.UPLOAD_LIMIT = 10

    response = bring(client, "简历.pdf", PDF)

    assert list(response.context["form"].errors) == ["file"]
    assert not Resume.objects.exists()


def test_there_is_room_for_ten(client, student):
    for _ in range(10):
        kept_resume(student)

    response = bring(client, "简历.pdf", PDF)

    assert response.context["form"].errors == {
        "file": ["There is room for 10 files. Delete one that you no longer need."]
    }
    assert student.resumes.count() == 10


def test_a_deleted_resume_goes_with_its_file(client, student, django_capture_on_commit_callbacks):
    resume = kept_resume(student)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("placements:resume_delete", args=[resume.pk]))

    assert response.url == HERE
    assert not Resume.objects.exists()
    assert not resume.file.storage.exists(resume.file.name)


def test_files_and_entries_of_another_student_are_not_there(client):
    other = make_student()
    resume, entry = kept_resume(other), ResumeEntry.objects.create(student=other, section="award", title="奖")

    answers = [
        client.get(reverse("placements:resume", args=[resume.pk])),
        client.post(reverse("placements:resume_delete", args=[resume.pk])),
        client.get(reverse("placements:entry_edit", args=[entry.pk])),
        client.post(reverse("placements:entry_delete", args=[entry.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert (Resume.objects.count(), ResumeEntry.objects.count()) == (1, 1)


def test_the_services_refuse_somebody_else(entry, student):
    resume, other = kept_resume(student), make_student()

    with pytest.raises(PermissionDenied):
        services.delete_resume(resume, by=other)
    with pytest.raises(PermissionDenied):
        services.delete_entry(entry, by=other)
    with pytest.raises(PermissionDenied):
        services.change_entry(entry, version=1, fields={"title": "二等奖"}, by=other)

    entry.refresh_from_db()
    assert (entry.title, Resume.objects.count()) == ("省级一等奖", 1)


def test_staff_keep_no_resume(officer, now):
    with pytest.raises(PermissionDenied):
        services.add_resume(officer, SimpleUploadedFile("cv.pdf", PDF), at=now)
    with pytest.raises(PermissionDenied):
        services.add_entry(officer, fields={"section": "award", "title": "奖"})

    assert not Resume.objects.exists()
    assert not ResumeEntry.objects.exists()


def test_an_entry_is_added_once_and_stands_in_its_part(client, student):
    fields = entry_fields(title_en="First prize", from_on="2026-05-01", to_on="2026-05-02")

    answers = [client.post(f"{HERE}entries/new/", fields).url for _ in range(2)]

    assert answers == [HERE, HERE]
    entry = student.resume_entries.get()
    assert (entry.section, entry.title, entry.title_en, entry.from_on) == (
        "award", "省级一等奖", "First prize", date(2026, 5, 1),
    )  # fmt: skip


def test_an_entry_that_ends_before_it_begins_is_refused_beside_the_day(client):
    response = client.post(f"{HERE}entries/new/", entry_fields(from_on="2026-05-01", to_on="2026-04-01"))

    assert response.context["form"].errors == {"to_on": ["The end is before the start."]}
    assert not ResumeEntry.objects.exists()


def test_sixty_entries_are_enough(student):
    rows = [ResumeEntry(student=student, section="award", title=f"奖{number}") for number in range(60)]
    ResumeEntry.objects.bulk_create(rows)

    with pytest.raises(RuleBroken, match="at most 60 entries"):
        services.add_entry(student, fields={"section": "award", "title": "奖"})

    assert student.resume_entries.count() == 60


def test_an_entry_is_changed_and_a_stale_edit_is_told(client, entry):
    here = reverse("placements:entry_edit", args=[entry.pk])
    fields = {"section": "award", "version": 1}

    first = client.post(here, {**fields, "title": "省级二等奖"})
    second = client.post(here, {**fields, "title": "国家级奖"})

    entry.refresh_from_db()
    assert (first.url, entry.title, entry.version) == (HERE, "省级二等奖", 2)
    assert "Someone else saved this record" in second.context["form"].non_field_errors()[0]
    assert "国家级奖" in second.content.decode()


def test_an_entry_is_deleted(client, entry):
    assert client.post(reverse("placements:entry_delete", args=[entry.pk])).url == HERE
    assert not ResumeEntry.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_rows(client, student, django_assert_num_queries, rows):
    for number in range(rows):
        kept_resume(student)
        ResumeEntry.objects.create(student=student, section="award", title=f"奖{number}")

    with django_assert_num_queries(9):
        response = client.get(HERE)

    assert [len(part.entries) for part in response.context["parts"]] == [0, 0, 0, rows, 0, 0]


def written(student):
    profile = student.student_profile
    profile.summary, profile.phone, profile.skills = "三部短片", "13800000000", ["Blender", "调色"]
    profile.save()
    LanguageSkill.objects.create(profile=profile, language="en", level="b2", proof="CET-6")
    ResumeEntry.objects.create(
        student=student, section="internship", title="后期实习生", title_en="Post-production intern", place="成都影视",
        place_en="Chengdu Film", from_on=date(2026, 3, 1), to_on=date(2026, 6, 30), text="粗剪", text_en="Rough cuts",
    )  # fmt: skip
    ResumeEntry.objects.create(student=student, section="education", title="影视动画", from_on=date(2024, 9, 1))
    return profile


def test_the_paper_says_the_profile_and_the_entries_in_english_and_chinese_where_there_is_none(student):
    profile = written(student)

    said = resume_data(profile)

    assert (said["language"], said["name"], said["beside"]) == ("en", "Liu Yang", "刘洋")
    assert said["contact"] == ["13800000000", student.email]
    assert said["summary"] == "三部短片"
    assert dict(said["facts"])["Languages"] == "English B2 (CET-6)"
    assert said["parts"] == [
        {
            "title": "Education",
            "entries": [{"title": "影视动画", "place": "", "when": "since September 2024", "text": ""}],
        },
        {
            "title": "Internships and work",
            "entries": [
                {
                    "title": "Post-production intern",
                    "place": "Chengdu Film",
                    "when": "March 2026 – June 2026",
                    "text": "Rough cuts",
                }
            ],
        },
    ]


def test_the_paper_says_it_in_chinese(student):
    profile = written(student)

    with translation.override("zh-hans"):
        said = resume_data(profile)

    assert (said["language"], said["name"], said["beside"]) == ("zh", "刘洋", "Liu Yang")
    assert said["parts"][1]["entries"] == [
        {"title": "后期实习生", "place": "成都影视", "when": "2026年3月 – 2026年6月", "text": "粗剪"}
    ]


def test_what_has_no_english_is_named_on_the_page(client, student):
    profile = written(student)

    gaps = english_gaps(profile, parts_of(student))

    assert [gap.text for gap in gaps] == ["About myself", "Education: 影视动画"]
    page = client.get(HERE).content.decode()
    assert "The English résumé says this in Chinese" in page
    assert "Education: 影视动画" in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_paper_is_a_pdf_to_look_at_before_it_is_sent(client, student, language):
    written(student)

    response = client.get(f"{HERE}written/{language}.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_a_language_that_the_portal_does_not_write_is_not_there(client):
    assert client.get(f"{HERE}written/de.pdf").status_code == 404


def test_what_was_typed_is_never_markup(student):
    student.student_profile.summary = '#panic("no") $x$ *bold* <script>'
    ResumeEntry.objects.create(student=student, section="award", title='"]#panic()', text="#let x = 1\n= y")

    assert resume_pdf(student.student_profile, "en").startswith(b"%PDF-")


@pytest.mark.parametrize(("language", "joined"), [("zh-hans", "："), ("en", ": ")])
def test_a_part_and_its_entry_are_joined_as_the_language_joins_them(student, language, joined):
    profile = written(student)

    with translation.override(language):
        parts = parts_of(student)
        assert english_gaps(profile, parts)[-1].text == f"{parts[0].label}{joined}影视动画"
