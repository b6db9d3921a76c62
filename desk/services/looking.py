"""Who of an enterprise looked at what a student sent (个人信息保护法: access is logged)."""

from __future__ import annotations

from datetime import datetime

from accounts.models.people import User
from partnerships.models.contacts import Contact
from placements.models.applications import Application, ApplicationDocument, ApplicationView


def note_look(
    application: Application, *, document: ApplicationDocument | None = None, contact: Contact | None, name: str,
    by: User | None = None, at: datetime,
) -> ApplicationView:  # fmt: skip
    """Keep that somebody of the enterprise opened an application, or a file of it."""
    return ApplicationView.objects.create(
        application=application, document=document, contact=contact, by=by, name=name[:80], at=at
    )  # fmt: skip
