"""Notes about an application: among staff, or among the people of the enterprise; never for the student."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from partnerships.models.contacts import Contact
from placements import rules
from placements.models.applications import Application, ApplicationNote


@transaction.atomic
def write_note(
    application: Application,
    *,
    text: str,
    by: User | None = None,
    contact: Contact | None = None,
    at: datetime,
) -> ApplicationNote:
    if (by is None) == (contact is None):
        raise TypeError("A note is written by a person or for the enterprise by a contact.")
    if by is not None:
        rules.can_note(by, application).or_raise()
    if contact is not None:
        rules.can_act_for_enterprise(contact, application.posting, on=timezone.localdate(at)).or_raise()
    if not text.strip():
        raise RuleBroken(_("The note is empty."), field="text")
    note = ApplicationNote(application=application, text=text.strip(), by=by, contact=contact, at=at)
    note.full_clean()
    note.save()
    return note
