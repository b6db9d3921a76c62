"""The enterprise answers a student: one step of an application, along the same table as staff take."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from notifications.choices import Matter
from notifications.services import notify
from partnerships.models.contacts import Contact
from placements.choices import APPLICATION_NEXT, ApplicationState
from placements.models.applications import Application, ApplicationMove, RejectionReason

# What an enterprise says to a student; what else may follow is the student's or the school's to say.
ANSWERS = (
    ApplicationState.SHORTLISTED,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.REJECTED,
)


def possible_answers(application: Application) -> list[ApplicationState]:
    following = APPLICATION_NEXT[ApplicationState(application.state)]
    return [state for state in ANSWERS if state in following]


@transaction.atomic
def answer_application(
    application: Application, to: ApplicationState, *, contact: Contact | None, by: User | None = None, version: int,
    at: datetime, reason: str = "", rejection: RejectionReason | None = None,
) -> Application:  # fmt: skip
    """Move an application on in the enterprise's name and tell the student. Raises RuleBroken and StaleEdit.

    The caller has made sure that the application is one to a posting of the contact's enterprise.
    """
    application = lock(application, version=version)
    if to not in possible_answers(application):
        words = _("An application in state “%(now)s” cannot become “%(next)s”.")
        raise RuleBroken(words % {"now": application.get_state_display(), "next": to.label})
    reason = reason.strip()
    if to != ApplicationState.REJECTED:
        rejection = None
    elif not reason and rejection is None:
        raise RuleBroken(_("Say why the application is rejected: the student reads it."), field="reason")
    application.state, application.reason, application.rejection = to, reason, rejection
    save(application)
    move = application.moves.create(state=to, by=by, contact=contact, at=at, note=reason)
    _tell_student(application, move, at=at)
    return application


def _tell_student(application: Application, move: ApplicationMove, *, at: datetime) -> None:
    student = application.student
    with translation.override(student.language):
        kind = application.rejection.text() if application.rejection else ""
        context: dict[str, object] = {
            "posting": str(application.posting),
            "enterprise": str(application.posting.enterprise),
            "state": move.state,
            "reason": "\n\n".join(part for part in (kind, move.note) if part),
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
