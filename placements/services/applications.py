"""The life of an application: sent once, moved along by staff, answered by the student."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models.people import StudentProfile, User
from core.errors import RuleBroken
from core.saving import lock, save
from notifications.choices import Matter
from notifications.services import notify
from placements import matching, rules
from placements.choices import APPLICATION_NEXT, ApplicationState
from placements.models.applications import Application, ApplicationMove
from placements.models.postings import Posting


class AlreadyApplied(RuleBroken):
    """There is never a second application to a posting; carries the first one."""

    def __init__(self, application: Application) -> None:
        self.application = application
        super().__init__(_("You have applied to this posting already. This is your application."))


def snapshot_of(profile: StudentProfile) -> dict[str, object]:
    """What is sent with an application, as it is today."""
    return {
        "name": profile.user.name,
        "name_en": profile.user.name_en,
        "number": profile.user.number,
        "major": profile.major.name_zh,
        "major_en": profile.major.name_en,
        "class_of": profile.class_of,
        "class_name": profile.class_name,
        "level": profile.level,
        "skills": list(profile.skills),
    }


@transaction.atomic
def apply(posting: Posting, *, student: User, letter: str = "", at: datetime) -> Application:
    """Apply. Raises AlreadyApplied the second time, RuleBroken with the rule that blocks.

    The posting's row is locked, so that two requests of one student, or an application and the
    closing of the posting, come one after the other.
    """
    posting = Posting.objects.select_for_update(of=("self",), no_key=True).get(pk=posting.pk)
    rules.can_apply(student).or_raise()
    earlier = Application.objects.filter(posting=posting, student=student).first()
    if earlier is not None:
        raise AlreadyApplied(earlier)
    profile = StudentProfile.objects.select_related("user", "major").get(user=student)
    for tick in matching.obstacles(matching.fit(posting, profile, on=timezone.localdate(at))):
        raise RuleBroken(tick.text)
    application = Application(
        posting=posting, student=student, submitted_at=at, letter=letter, snapshot=snapshot_of(profile)
    )
    application.full_clean()
    application.save()
    application.moves.create(state=ApplicationState.SUBMITTED, by=student, at=at)
    return application


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
