"""The life of an application once it was sent: moved along by staff, answered by the student."""

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
from placements import rules
from placements.choices import APPLICATION_NEXT, ApplicationState
from placements.models.applications import Application, ApplicationMove


@transaction.atomic
def move_application(
    application: Application,
    to: ApplicationState,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Application:
    """Move it to its next state and tell the student, unless it was the student who moved it."""
    application = lock(application, version=version)
    rules.can_move_application(by, application, to).or_raise()
    if to not in APPLICATION_NEXT[ApplicationState(application.state)]:
        raise RuleBroken(
            _("An application in state “%(now)s” cannot become “%(next)s”.")
            % {"now": application.get_state_display(), "next": to.label}
        )
    reason = reason.strip()
    if to == ApplicationState.REJECTED and not reason:
        raise RuleBroken(_("Say why the application is rejected: the student reads it."))
    application.state, application.reason = to, reason
    save(application)
    move = application.moves.create(state=to, by=by, at=at, note=reason)
    if by.pk != application.student_id:
        _tell_student(application, move, at=at)
    return application


def withdraw_application(application: Application, *, by: User, at: datetime) -> Application:
    """The student takes it back; there is no second application to the same posting."""
    return move_application(application, ApplicationState.WITHDRAWN, by=by, at=at)


def _tell_student(application: Application, move: ApplicationMove, *, at: datetime) -> None:
    student = application.student
    with translation.override(student.language):
        context: dict[str, object] = {
            "posting": str(application.posting),
            "enterprise": str(application.posting.enterprise),
            "state": move.state,
            "reason": move.note,
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
