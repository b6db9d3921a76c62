"""Files on their way into an application: chosen on the spot, kept from earlier, or written by the portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.people import StudentProfile
from core.errors import RuleBroken
from core.uploads import name_with_ending
from placements.choices import DocumentKind
from placements.models.resumes import Resume
from placements.selectors.resumes import resume_pdf


@dataclass(frozen=True)
class Paper:
    """One document to send: what it is, what it is called, and its content."""

    kind: DocumentKind
    name: str
    file: File[Any]


def uploaded_paper(kind: DocumentKind, file: File[Any]) -> Paper:
    """A file as it was chosen; call only with one that core.uploads has checked."""
    return Paper(kind, short_name(file.name or str(kind.label)), file)


def kept_paper(resume: Resume) -> Paper:
    """An earlier résumé of the student; raises RuleBroken where the storage has lost it."""
    try:
        content = ContentFile(resume.file.open("rb").read(), name=resume.file.name)
    except FileNotFoundError:
        reason = _("The file “%(name)s” is on record, but missing from the storage. Please choose another one.")
        raise RuleBroken(reason % {"name": resume.name}, field="resume") from None
    finally:
        resume.file.close()
    return Paper(DocumentKind.RESUME, name_with_ending(resume.name, resume.file), content)


def written_paper(profile: StudentProfile, language: str) -> Paper:
    """The résumé that the portal writes, as the profile and the entries stand now."""
    name = file_name(profile, language)
    return Paper(DocumentKind.RESUME, name, ContentFile(resume_pdf(profile, language), name=name))


def file_name(profile: StudentProfile, language: str) -> str:
    """What the written résumé is called, in its own language."""
    with translation.override(language):
        words = {"name": str(profile.user), "resume": pgettext("of a file", "résumé")}
        return _("%(name)s – %(resume)s.pdf") % words


def short_name(name: str, limit: int = 200) -> str:
    """A name that fits its column, with its ending."""
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= limit else f"{stem[: limit - len(ending) - 1]}{dot}{ending}"
