"""Files of applications, and résumés."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models.people import User
from placements.choices import DocumentKind, ResumeSection
from placements.models.applications import Application, ApplicationDocument
from placements.models.resumes import Resume, ResumeEntry
from tests.factories.placements import ApplicationFactory

PDF = b"%PDF-1.7\n%a paper"


def sent_file(application: Application, *, name: str = "简历.pdf", content: bytes = PDF) -> ApplicationDocument:
    """A résumé that was sent with an application."""
    document = ApplicationDocument(application=application, kind=DocumentKind.RESUME, name=name, sha256="0" * 64)
    document.file.save("resume.pdf", ContentFile(content))
    document.file.close()
    return document


def application_file() -> tuple[int, int]:
    """An application with a file: the two numbers of its address."""
    document = sent_file(ApplicationFactory())
    return document.application_id, document.pk


def kept_resume(student: User, *, name: str = "我的简历.pdf", content: bytes = PDF) -> Resume:
    resume = Resume(student=student, name=name, size=len(content), at=timezone.now())
    resume.file.save("resume.pdf", ContentFile(content))
    resume.file.close()
    return resume


def resume_records(student: User) -> dict[str, object]:
    """A file and an entry of a student, and a language to read them in."""
    entry = ResumeEntry.objects.create(student=student, section=ResumeSection.AWARD, title="省级一等奖")
    return {"resume": kept_resume(student).pk, "resume_entry": entry.pk, "resume_language": "en"}
