"""A student's résumés: files that were brought, and the lines of the one that the portal writes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from placements import rules
from placements.models.resumes import Resume, ResumeEntry
from placements.services.papers import short_name

MOST_FILES = 10
MOST_ENTRIES = 60
FIELDS = frozenset({"section", "title", "title_en", "place", "place_en", "from_on", "to_on", "text", "text_en"})


def has_room(student: User) -> bool:
    """May another file be brought?"""
    return student.resumes.count() < MOST_FILES


@transaction.atomic
def add_resume(student: User, file: File[Any], *, at: datetime) -> Resume:
    """Keep a file that core.uploads has checked."""
    User.objects.select_for_update(no_key=True).get(pk=student.pk)
    rules.can_apply(student).or_raise()
    if not has_room(student):
        words = ngettext(
            "There is room for %(number)s file. Delete one that you no longer need.",
            "There is room for %(number)s files. Delete one that you no longer need.",
            MOST_FILES,
        )
        raise RuleBroken(words % {"number": MOST_FILES}, field="file")
    resume = Resume(student=student, name=short_name(file.name or _("résumé")), size=file.size, at=at)
    resume.file.save(resume.name[-60:], file, save=False)
    resume.full_clean()
    resume.save()
    return resume


@transaction.atomic
def delete_resume(resume: Resume, *, by: User) -> None:
    """It goes with its file; what was sent with applications has its own copy."""
    rules.can_change_resume(by, resume.student_id).or_raise()
    storage, name = resume.file.storage, str(resume.file.name)
    resume.delete()
    transaction.on_commit(partial(storage.delete, name))


@transaction.atomic
def add_entry(student: User, *, fields: dict[str, Any]) -> ResumeEntry:
    """A line of the written résumé. Raises ValidationError for what cannot be."""
    User.objects.select_for_update(no_key=True).get(pk=student.pk)
    rules.can_apply(student).or_raise()
    if student.resume_entries.count() >= MOST_ENTRIES:
        raise RuleBroken(_("A résumé has at most %(number)s entries.") % {"number": MOST_ENTRIES})
    entry = ResumeEntry(student=student)
    _fill(entry, fields)
    entry.full_clean()
    entry.save()
    return entry


@transaction.atomic
def change_entry(entry: ResumeEntry, *, version: int, fields: dict[str, Any], by: User) -> ResumeEntry:
    """Raises StaleEdit when it was saved elsewhere meanwhile."""
    entry = lock(entry, version=version)
    rules.can_change_resume(by, entry.student_id).or_raise()
    _fill(entry, fields)
    save(entry)
    return entry


def delete_entry(entry: ResumeEntry, *, by: User) -> None:
    rules.can_change_resume(by, entry.student_id).or_raise()
    entry.delete()


def _fill(entry: ResumeEntry, fields: dict[str, Any]) -> None:
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"An entry has no {', '.join(sorted(unknown))} to set.")
    for name, value in fields.items():
        setattr(entry, name, value)
