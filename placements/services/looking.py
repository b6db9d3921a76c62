"""The log of who looked at an application; the student reads it (个人信息保护法)."""

from __future__ import annotations

from datetime import datetime

from accounts.models.people import User
from partnerships.models.contacts import Contact
from placements.models.applications import Application, ApplicationDocument, ApplicationView


def note_look(
    application: Application,
    document: ApplicationDocument | None = None,
    *,
    by: User | None = None,
    contact: Contact | None = None,
    at: datetime,
) -> ApplicationView | None:
    """Keep that somebody opened it, or one of its files; the student's own looks are nobody's business."""
    if by is None and contact is None:
        raise TypeError("Somebody looked: say who.")
    if by is not None and by.pk == application.student_id:
        return None
    name = contact.name if contact else by.name if by else ""
    return ApplicationView.objects.create(
        application=application, document=document, by=by, contact=contact, name=name, at=at
    )
