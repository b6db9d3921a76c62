"""What passes between the office and who wrote a report: the remark, and its answer."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.models.people import User
from notifications.choices import Matter
from notifications.services.notifying import notify
from visits.models.reports import ReportReturn
from visits.models.visits import Visit
from visits.selectors.checking import writers_of
from visits.words import words_of


def tell_reporter(returned: ReportReturn, *, by: User, at: datetime) -> None:
    """Everyone who stands for the report hears the remark once."""
    visit = returned.visit
    for person in writers_of(visit):
        if person == by:
            continue
        notify(
            person,
            key=f"return:{returned.pk}",
            matter=Matter.VISIT,
            template="emails/visits/report_returned.txt",
            context={**words_of(visit, person), "remark": returned.remark, "by": str(by)},
            at=at,
            link=reverse("visits:correct", args=[visit.pk]),
            still_due="visits.return",
            subject_id=returned.pk,
        )


def answer(visit: Visit, *, text: str, by: User, at: datetime) -> None:
    """The report was put right: the open remark is answered, and who made it hears of it."""
    returned = visit.returns.filter(answered_at=None).select_related("by").first()
    if returned is None:
        return
    returned.answered_by, returned.answered_at, returned.answer = by, at, text.strip()
    returned.full_clean()
    returned.save()
    if returned.by == by:
        return
    notify(
        returned.by,
        key=f"return:{returned.pk}:answered",
        matter=Matter.VISIT,
        template="emails/visits/report_answered.txt",
        context={**words_of(visit, returned.by), "answer": returned.answer, "by": str(by)},
        at=at,
        link=reverse("visits:check", args=[visit.pk]),
    )
