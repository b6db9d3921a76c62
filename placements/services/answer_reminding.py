"""Queueing reminders of promised answers to staff; running it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from accounts.models.people import User
from notifications.choices import Matter
from notifications.services import notify
from placements.answer_reminders import AnswersDue, due_answer_reminders


def queue_answer_reminders(*, now: datetime) -> int:
    """Tell staff who look after the postings; how many messages are new. The desk writes to the enterprises."""
    return sum(_tell(due, person, now=now) for due in due_answer_reminders(now) for person in due.staff)


def _words(due: AnswersDue, language: str) -> dict[str, object]:
    with translation.override(language):
        return {
            "posting": str(due.posting), "enterprise": str(due.posting.enterprise), "waiting": due.waiting,
            "answer_by": due.answer_by, "closes_on": due.closes_on, "days": due.days,
        }  # fmt: skip


def _tell(due: AnswersDue, person: User, *, now: datetime) -> int:
    return notify(
        person,
        key=due.key,
        matter=Matter.APPLICATION,
        template="emails/placements/answers_due.txt",
        context=_words(due, person.language),
        at=now,
        link=reverse("placements:board", args=[due.posting.pk]),
        still_due="placements.answers",
        subject_id=due.posting.pk,
    )
