"""Writing to enterprises whose promised answers are due, with a link to those who wait; twice is once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from accounts.selectors import school
from desk.selectors.links import is_withdrawn, last_shown
from desk.services.letters import Occasion
from desk.services.requests import remind_to_answer, send_for
from notifications.choices import Matter
from notifications.models import OutgoingMessage
from notifications.services import write_to
from partnerships.choices.links import REMINDER
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from placements.answer_reminders import AnswersDue, due_answer_reminders

TEMPLATE = "emails/desk/answers_due.txt"


def queue_answer_letters(*, now: datetime) -> int:
    """Write the reminders that are due and not written yet; how many letters are new."""
    due = list(due_answer_reminders(now))
    written = set(_letters([each.key for each in due]))
    return sum(_remind(each, now=now) for each in due if each.key not in written)


def _letters(keys: list[str]) -> list[str]:
    return list(OutgoingMessage.objects.filter(key__in=keys, recipient=None).values_list("key", flat=True))


@transaction.atomic
def _remind(due: AnswersDue, *, now: datetime) -> bool:
    """Whoever was shown the applicants last is reminded, else the contact of the posting."""
    enterprise = Enterprise.objects.select_for_update().get(pk=due.posting.enterprise_id)
    if _letters([due.key]):
        return False
    shown = last_shown(due.posting, on=timezone.localdate(now))
    contact = shown.contact if shown else due.contact
    if contact is None:
        return False
    if enterprise.archived_at is not None or (shown and is_withdrawn(shown)):
        return _write(due, contact, now=now)
    occasion = Occasion(TEMPLATE, due.key, "desk.answers", _words(due, contact.language))
    if shown:
        send_for(shown, occasion=occasion, note=REMINDER, at=now)
    else:
        remind_to_answer(due.posting, contact, occasion=occasion, at=now)
    return True


def _words(due: AnswersDue, language: str) -> dict[str, object]:
    with translation.override(language):
        return {
            "posting": str(due.posting), "waiting": due.waiting, "answer_by": due.answer_by,
            "closes_on": due.closes_on, "school": str(school()),
        }  # fmt: skip


def _write(due: AnswersDue, contact: Contact, *, now: datetime) -> bool:
    """Without a link, where staff withdrew it or the file is closed."""
    letter = write_to(
        name=contact.name, address=contact.email, language=contact.language, key=due.key, matter=Matter.POSTING,
        at=now, template=TEMPLATE, context=_words(due, contact.language) | {"name": contact.name},
        still_due="placements.answers", subject_id=due.posting.pk,
    )  # fmt: skip
    return letter is not None
