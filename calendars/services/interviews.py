"""Sending the appointments of interviews to the students who booked them, with updates and cancellations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from calendars.interviews import object_for_student, words_for_student
from calendars.models import InterviewInvitation
from calendars.selectors.interviews import DueInterview, due_interviews
from notifications.choices import Matter
from notifications.services.notifying import notify
from placements.models.applications import Application


def send_interview_invitations(*, now: datetime) -> int:
    """Compare every hour that is booked with what its student was told; returns how many were told something new."""
    return sum(_send(due.application_id, now=now) for due in due_interviews(now))


@transaction.atomic
def _send(pk: int, *, now: datetime) -> int:
    """Once more under a lock, so that two workers do not both send it."""
    named = Application.objects.select_related("student", "posting__enterprise")
    application = named.select_for_update(of=("self",)).get(pk=pk)
    told = due_interviews(now, application=pk)
    for due in told:
        _tell(application, due, now=now)
    return len(told)


def _tell(application: Application, due: DueInterview, *, now: datetime) -> None:
    row = InterviewInvitation.objects.filter(application=application).first()
    is_update = row is not None and row.cancelled_at is None
    if row is None:
        row = InterviewInvitation(application=application)
    else:
        row.sequence += 1
    row.slot = due.slot
    row.digest = due.digest
    row.cancelled_at = now if due.is_cancelled else None
    row.sent_at = row.sent_at if due.is_cancelled else now
    row.save()
    notify(
        application.student,
        key=f"application:{application.pk}:interview-hour:{row.sequence}",
        matter=Matter.APPLICATION,
        template=f"emails/calendars/{'interview_cancelled' if due.is_cancelled else 'interview'}.txt",
        context={**words_for_student(application, due.slot), "is_update": is_update},
        at=now,
        link=reverse("placements:application", args=[application.pk]),
        still_due="" if due.is_cancelled else "calendars.interview",
        subject_id=application.pk,
        calendar=object_for_student(application, row, now=now),
        calendar_method="CANCEL" if due.is_cancelled else "REQUEST",
    )
