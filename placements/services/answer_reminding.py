"""Queueing reminders of promised answers; running it twice changes nothing."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from accounts.models.people import User
from accounts.selectors import school
from notifications.choices import Matter
from notifications.services import notify, write_to
from partnerships.models.contacts import Contact
from placements.answer_reminders import AnswersDue, due_answer_reminders


def queue_answer_reminders(*, now: datetime) -> int:
    """Tell staff who look after the postings, and write to the enterprises; how many messages are new."""
    return sum(_queue(due, now=now) for due in due_answer_reminders(now))


def _queue(due: AnswersDue, *, now: datetime) -> int:
    told = sum(_tell(due, person, now=now) for person in due.staff)
    return told + (_write(due, due.contact, now=now) if due.contact else 0)


def _words(due: AnswersDue, language: str) -> dict[str, object]:
    with translation.override(language):
        return {
            "posting": str(due.posting), "enterprise": str(due.posting.enterprise), "waiting": due.waiting,
            "answer_by": due.answer_by, "closes_on": due.closes_on, "days": due.days, "school": str(school()),
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


def _write(due: AnswersDue, contact: Contact, *, now: datetime) -> bool:
    letter = write_to(
        name=contact.name,
        address=contact.email,
        language=contact.language,
        key=due.key,
        matter=Matter.POSTING,
        at=now,
        template="emails/placements/answers_due_letter.txt",
        context=_words(due, contact.language) | {"name": contact.name},
        still_due="placements.answers",
        subject_id=due.posting.pk,
    )
    return letter is not None
