"""Notes about an enterprise, and every paper kept with it."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models.people import User
from partnerships.models.agreements import Agreement, AgreementFile
from partnerships.models.enterprises import Enterprise
from partnerships.models.notes import EnterpriseFile, Note
from partnerships.models.timeline import TimelineEntry
from partnerships.timeline import note_detail


def notes_of(user: User, enterprise: Enterprise) -> QuerySet[Note]:
    """What this person may read, newest first."""
    return Note.objects.visible_to(user).filter(enterprise=enterprise).select_related("author", "contact")


def we_spoke(note: Note) -> bool:
    """Whether the note stands on the timeline as a contact with the enterprise."""
    return TimelineEntry.objects.filter(enterprise=note.enterprise_id, detail=note_detail(note.pk)).exists()


def papers_of(enterprise: Enterprise) -> QuerySet[EnterpriseFile]:
    return EnterpriseFile.objects.filter(enterprise=enterprise).select_related("uploaded_by")


def agreement_papers_of(user: User, enterprise: Enterprise) -> QuerySet[AgreementFile]:
    """Files of the agreements that this person may read."""
    visible = Agreement.objects.visible_to(user).with_enterprise(enterprise).order_by()
    return AgreementFile.objects.filter(agreement__in=visible).select_related("agreement", "uploaded_by")
