"""What students are told of their applications, and the timeline of what an enterprise did itself."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.services import timeline
from placements.models.applications import Application, ApplicationMove
from placements.models.postings import Posting


def tell_student(application: Application, move: ApplicationMove, *, at: datetime) -> None:
    """What became of it; a reason of the list says so in its kind text."""
    student, posting = application.student, application.posting
    with translation.override(student.language):
        context: dict[str, object] = {
            "posting": str(posting),
            "enterprise": str(posting.enterprise),
            "state": move.state,
            "reason": move.note,
            "kind_text": application.rejection.text() if application.rejection else "",
            "promised": posting.answer_by,
        }
    notify(
        student,
        key=f"application:{application.pk}:{move.state}:{move.pk}",
        matter=Matter.APPLICATION,
        template="emails/placements/application_moved.txt",
        context=context,
        at=at,
        link=reverse("placements:application", args=[application.pk]),
    )


def tell_timeline(posting: Posting, kind: TimelineKind, *, contact: Contact, at: datetime, detail: str = "") -> None:
    """What somebody of the enterprise did on a posting; the timeline has more readers than the applicants."""
    text = f"{posting.title} ({contact.name})"
    link = reverse("placements:posting", args=[posting.pk])
    timeline.record(posting.enterprise, kind, by=None, at=at, text=text, detail=detail, link=link)
