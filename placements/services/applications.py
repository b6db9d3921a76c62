"""The life of an application once it was sent: moved along by staff, answered by the student."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from placements import rules
from placements.choices import APPLICATION_NEXT, ApplicationState
from placements.models.applications import Application, RejectionReason
from placements.selectors.answers import unanswered_too_long
from placements.services.interviews import free_hour
from placements.services.telling import tell_student, tell_timeline

BATCH = 500  # of those closed in one run


@transaction.atomic
def move_application(
    application: Application,
    to: ApplicationState,
    *,
    by: User | None = None,
    contact: Contact | None = None,
    at: datetime,
    reason: str = "",
    rejection: RejectionReason | None = None,
    version: int | None = None,
) -> Application:
    """Move it to its next state and tell the student, unless it was the student who moved it.

    Whoever moves it is a person of the school or the student (`by`), or a `contact` of the enterprise. A rejection
    needs a reason: one of the list, whose kind text the student reads, words of one's own, or both.
    """
    application = lock(application, version=version)
    _ask(application, to, by=by, contact=contact, at=at)
    refuse_step(application, to)
    reason = reason.strip()
    if to == ApplicationState.REJECTED and not reason and rejection is None:
        raise RuleBroken(_("Say why the application is rejected: the student reads it."), field="rejection")
    return _move(
        application, to, by=by, contact=contact, at=at, reason=reason,
        rejection=rejection if to == ApplicationState.REJECTED else None,
    )  # fmt: skip


def _ask(
    application: Application, to: ApplicationState, *, by: User | None, contact: Contact | None, at: datetime
) -> None:
    """Raises PermissionDenied unless exactly one is named who may do this."""
    if (by is None) == (contact is None):
        raise TypeError("An application is moved by a person or for the enterprise by a contact.")
    if by is not None:
        rules.can_move_application(by, application, to).or_raise()
    if contact is not None:
        rules.can_move_for_enterprise(contact, application, to, on=timezone.localdate(at)).or_raise()


def refuse_step(application: Application, to: ApplicationState) -> None:
    """Raises RuleBroken when this state does not follow the one it is in."""
    if to not in APPLICATION_NEXT[ApplicationState(application.state)]:
        raise RuleBroken(
            _("An application in state “%(now)s” cannot become “%(next)s”.")
            % {"now": application.get_state_display(), "next": to.label}
        )


def _move(
    application: Application,
    to: ApplicationState,
    *,
    by: User | None,
    contact: Contact | None,
    at: datetime,
    reason: str = "",
    rejection: RejectionReason | None = None,
) -> Application:
    """A locked application; the hour of an interview that will not be is free again."""
    application.state, application.reason, application.rejection = to, reason, rejection
    save(application)
    move = application.moves.create(state=to, by=by, contact=contact, at=at, note=reason)
    if to != ApplicationState.INTERVIEW:
        free_hour(application, at=at)
    if by is None or by.pk != application.student_id:
        tell_student(application, move, at=at)
    if contact is not None:
        tell_timeline(application.posting, TimelineKind.APPLICANT_ANSWERED, contact=contact, at=at, detail=to)
    return application


def withdraw_application(application: Application, *, by: User, at: datetime) -> Application:
    """The student takes it back; there is no second application to the same posting."""
    return move_application(application, ApplicationState.WITHDRAWN, by=by, at=at)


def close_unanswered(*, now: datetime) -> int:
    """Close what nobody answered NO_REPLY_AFTER_DAYS after the promised day; how many, at most BATCH of them."""
    due = unanswered_too_long(timezone.localdate(now)).order_by("pk")
    return sum(_close_unanswered(pk, now=now) for pk in due.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _close_unanswered(pk: int, *, now: datetime) -> bool:
    """Close one, unless somebody else has it or it was answered or its day moved meanwhile."""
    still = unanswered_too_long(timezone.localdate(now)).filter(pk=pk)
    application = still.select_for_update(of=("self",), skip_locked=True).first()
    if application is None:
        return False
    _move(application, ApplicationState.NO_REPLY, by=None, contact=None, at=now)
    return True
