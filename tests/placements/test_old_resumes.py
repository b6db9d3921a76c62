"""The one résumé of a profile, as the portal kept it before, becomes the first of several."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from accounts.models.people import StudentProfile
from placements.choices import DocumentKind
from placements.models.resumes import Resume
from placements.services.applying import apply
from placements.services.papers import kept_paper
from tests.factories.accounts import student as make_student
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
BEFORE = [("accounts", "0003_postings_that_find"), ("placements", "0008_resumes")]
TAKING_OVER = ("placements", "0009_resumes_of_profiles")
WITHOUT = ("accounts", "0004_resumes_are_files")
PDF = b"%PDF-1.7\n" + "旧简历".encode() * 1000
SUM = hashlib.sha256(PDF).hexdigest()
PROFILES = "accounts_studentprofile"
NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


class Steps:
    """The two migrations, back to where a profile held a file and forward again, within the test's transaction."""

    def __init__(self) -> None:
        self.loader = MigrationLoader(connection)
        self.before = self.loader.project_state(BEFORE)
        self.taken_over = self.loader.project_state([BEFORE[0], TAKING_OVER])

    def back(self):
        """The tables as they stood then, and the models of then."""
        with connection.schema_editor() as editor:
            self.loader.get_migration(*WITHOUT).unapply(self.taken_over.clone(), editor)
        return self.before.apps

    def forward(self) -> None:
        """Each in its own step, as `migrate` does it: rows first, then the column goes."""
        for state, key in ((self.before, TAKING_OVER), (self.taken_over, WITHOUT)):
            with connection.schema_editor() as editor:
                self.loader.get_migration(*key).apply(state.clone(), editor)
            settle()


@pytest.fixture
def steps():
    return Steps()


def with_file(old, student, content=PDF, *, name="resume.pdf"):
    """The file of a profile as it was stored then; its name on the disk."""
    profile = old.get_model("accounts", "StudentProfile").objects.get(user_id=student.pk)
    profile.resume.save(name, ContentFile(content), save=False)
    profile.resume.close()
    profile.save()
    return profile.resume.name


def settle():
    """Nothing waits for the end of the transaction when a table is changed."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def columns_of_profiles():
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, PROFILES)}


def test_stored_files_become_resumes_with_name_size_and_content_and_can_be_sent(steps):
    student, lost, without = (make_student(number=number) for number in ("20240017", "20240018", "20240019"))
    sent = ApplicationFactory(student=student, snapshot={"name": "刘洋", "skills": ["Blender"]})
    settle()
    old = steps.back()
    assert "resume" in columns_of_profiles()
    stored, gone = with_file(old, student), with_file(old, lost)
    Resume._meta.get_field("file").storage.delete(gone)
    settle()

    steps.forward()

    assert "resume" not in columns_of_profiles()
    assert StudentProfile.objects.count() == 3
    assert list(Resume.objects.order_by("pk").values_list("student", "name", "file", "size")) == [
        (student.pk, "20240017.pdf", stored, len(PDF)),
        (lost.pk, "20240018.pdf", gone, 0),  # it was lost before; its row says so, as for any file of the storage
    ]
    resume = student.resumes.get()
    with resume.file.open("rb") as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == SUM
    assert not without.resumes.exists()

    sent.refresh_from_db()
    assert (sent.snapshot, sent.version) == ({"name": "刘洋", "skills": ["Blender"]}, 1)
    application = apply(PostingFactory(), student=student, papers=[kept_paper(resume)], at=NOW)
    document = application.documents.get()
    assert (document.kind, document.name) == (DocumentKind.RESUME, "20240017.pdf")
    assert (document.file.size, document.sha256) == (len(PDF), SUM)
    assert (application.snapshot["number"], sent.documents.count()) == ("20240017", 0)
