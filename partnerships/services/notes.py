"""Remarks of colleagues, and the papers kept with an enterprise."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships import rules
from partnerships.choices.enterprises import NoteVisibility
from partnerships.choices.timeline import IN_TOUCH, TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.notes import EnterpriseFile, Note
from partnerships.models.timeline import TimelineEntry
from partnerships.services import timeline
from partnerships.timeline import note_detail


@transaction.atomic
def add_note(
    enterprise: Enterprise,
    *,
    text: str,
    visibility: NoteVisibility,
    contact: Contact | None = None,
    we_spoke: bool = False,
    by: User,
    at: datetime,
) -> Note:
    """Write a note; one that says “we spoke” stands on the timeline too, for those who may read it."""
    rules.can_write_note(by).or_raise()
    note = Note(enterprise=enterprise, author=by, at=at)
    _fill(note, text=text, visibility=visibility, contact=contact)
    _tell(note, we_spoke=we_spoke)
    return note


@transaction.atomic
def change_note(
    note: Note, *, text: str, visibility: NoteVisibility, contact: Contact | None, we_spoke: bool, by: User
) -> Note:
    """Change one's own note; its entry on the timeline follows."""
    note = Note.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=note.pk)
    rules.can_change_note(by, note).or_raise()
    _fill(note, text=text, visibility=visibility, contact=contact)
    _untell(note)
    _tell(note, we_spoke=we_spoke)
    return note


@transaction.atomic
def delete_note(note: Note, *, by: User) -> None:
    """Take one's own note away, with its entry on the timeline."""
    rules.can_change_note(by, note).or_raise()
    _untell(note)
    note.delete()


def _fill(note: Note, *, text: str, visibility: NoteVisibility, contact: Contact | None) -> None:
    if contact is not None and contact.enterprise_id != note.enterprise_id:
        raise RuleBroken(_("%(name)s does not work for this enterprise.") % {"name": contact.name})
    note.text, note.visibility, note.contact = text, visibility, contact
    note.full_clean()
    note.save()


def _tell(note: Note, *, we_spoke: bool) -> None:
    if not we_spoke:
        return
    timeline.record(
        note.enterprise,
        TimelineKind.NOTE,
        by=note.author,
        at=note.at,
        text=note.text,
        detail=note_detail(note.pk),
        link=reverse("partnerships:notes", args=[note.enterprise_id]) + f"#note-{note.pk}",
        private_to=note.author if note.visibility == NoteVisibility.PRIVATE else None,
        office_only=note.visibility == NoteVisibility.OFFICE,
    )


def _untell(note: Note) -> None:
    """Take the note's entry off the timeline; a last contact that rested on it goes back to the one before."""
    entries = TimelineEntry.objects.filter(kind=TimelineKind.NOTE, detail=note_detail(note.pk))
    if not entries.delete()[0]:
        return
    before = TimelineEntry.objects.filter(enterprise=note.enterprise_id, kind__in=IN_TOUCH, private_to__isnull=True)
    last = before.aggregate(last=Max("at"))["last"]
    Enterprise.objects.filter(pk=note.enterprise_id, last_contact_at=note.at).update(last_contact_at=last)


@transaction.atomic
def file_paper(enterprise: Enterprise, *, name: str, file: File[bytes], by: User, at: datetime) -> EnterpriseFile:
    """Keep a paper with an enterprise's file, under a name that says what it is."""
    rules.can_keep_file(by).or_raise()
    paper = EnterpriseFile(enterprise=enterprise, name=name, uploaded_by=by, uploaded_at=at)
    paper.file.save(PurePath(file.name or "").name, file, save=False)
    paper.full_clean()
    paper.save()
    link = reverse("partnerships:papers", args=[enterprise.pk])
    timeline.record(enterprise, TimelineKind.FILE_ADDED, by=by, at=at, text=name, link=link)
    return paper


@transaction.atomic
def remove_paper(paper: EnterpriseFile, *, by: User, at: datetime) -> None:
    """Take a paper out of the file; that it was there stays in the history, and the stored file with it."""
    rules.can_remove_paper(by).or_raise()
    timeline.record(paper.enterprise, TimelineKind.FILE_REMOVED, by=by, at=at, text=paper.name)
    paper.delete()
