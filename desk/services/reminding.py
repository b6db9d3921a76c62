"""Writing to enterprises whose promised answers are due, with a link to those who wait; twice is once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.selectors import school
from desk.reminders import awaited_answers
from desk.selectors.addressees import contacts_of
from desk.selectors.links import is_withdrawn, last_shown
from desk.services.letters import Occasion
from desk.services.requests import remind_to_answer, send_for
from notifications.choices import Matter
from notifications.occasions import Rule, rules
from notifications.selectors.reminding import occasion_of
from notifications.services.letters import Letter, write_to
from notifications.terms import Terms
from partnerships.choices.links import REMINDER
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from placements.models.postings import Posting

TEMPLATE = "emails/desk/answers_due.txt"


@transaction.atomic
def remind(subject_id: int, now: datetime) -> int:
    """Write about the applicants of one posting; returns how many letters that is. Two runs at once write once."""
    posting = Posting.objects.select_related("enterprise", "contact").get(pk=subject_id)
    enterprise = Enterprise.objects.select_for_update().get(pk=posting.enterprise_id)
    due = occasion_of("desk.answers", subject_id, now=now)
    if due is None:
        return 0
    on = timezone.localdate(now)
    contact = contacts_of([posting], on=on)[posting.pk]
    key, words = rules()["desk.answers"].key_of(due), _words(posting, due.because["waiting"], contact.language)
    shown = last_shown(posting, on=on)
    if enterprise.archived_at is not None or (shown and is_withdrawn(shown)):
        return _write(posting, contact, key, words, now=now)
    occasion = Occasion(TEMPLATE, key, "desk.answers", words)
    if shown:
        send_for(shown, occasion=occasion, note=REMINDER, at=now)
    else:
        remind_to_answer(posting, contact, occasion=occasion, at=now)
    return 1


def _words(posting: Posting, waiting: int, language: str) -> dict[str, object]:
    """`closes_on` is the last day on which an answer still counts; afterwards it is closed without one."""
    assert posting.answer_by is not None  # noqa: S101 - the rule found it by its day
    with translation.override(language):
        return {
            "posting": str(posting), "waiting": waiting, "answer_by": posting.answer_by,
            "closes_on": posting.answer_by + timedelta(days=settings.NO_REPLY_AFTER_DAYS), "school": str(school()),
        }  # fmt: skip


def _write(posting: Posting, contact: Contact, key: str, words: dict[str, object], *, now: datetime) -> int:
    """Without a link, where staff withdrew it or the file is closed."""
    letter = write_to(Letter(
        name=contact.name, address=contact.email, language=contact.language, key=key, matter=Matter.POSTING,
        template=TEMPLATE, context=words | {"name": contact.name}, still_due="desk.applicants", subject_id=posting.pk,
        enterprise_id=posting.enterprise_id,
    ), at=now)  # fmt: skip
    return int(letter is not None)


RULES = (
    Rule(
        slug="desk.answers",
        name=_("Answers that an enterprise promised"),
        about=_("Applicants wait for the answer of an enterprise; its contact is written to, with a link to them."),
        matter=Matter.POSTING,
        terms=Terms(marks=(-3, 0), until=settings.NO_REPLY_AFTER_DAYS, audiences=("contact",)),
        audiences={"contact": _("Contact of the enterprise")},
        find=awaited_answers,
        write=remind,
    ),
)
