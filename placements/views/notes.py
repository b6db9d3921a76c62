"""Notes about an application among staff."""

from __future__ import annotations

from typing import Any

from accounts.http import PortalRequest
from placements import rules
from placements.forms.pipeline import NoteForm
from placements.models.applications import Application


def notes_of(request: PortalRequest, application: Application, form: NoteForm | None = None) -> dict[str, Any]:
    """What staff wrote and the form for more; nothing of it for anybody else."""
    if not rules.can_note(request.user, application):
        return {}
    notes = application.notes.filter(contact__isnull=True).select_related("by")
    return {"notes": list(notes), "note_form": form or NoteForm(auto_id="note_%s")}
